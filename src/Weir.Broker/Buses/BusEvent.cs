using Weir.Broker.Messages;

namespace Weir.Broker.Buses;

/// <summary>An event on its way into a bus.</summary>
public sealed record BusEvent
{
    public required Guid Id { get; init; }

    public required BusName Bus { get; init; }

    /// <summary>
    /// The whole event with its envelope, in UTF-8: what patterns match and targets get. Nested at most as deep as
    /// <see cref="Routing.Patterns.EventFields.DepthMax"/>, and valid; whoever takes it in has seen to that.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    public required DateTimeOffset TakenInAt { get; init; }

    /// <summary>Who put it, as their protocol knows them.</summary>
    public string SenderId { get; init; } = "";

    public string? TraceHeader { get; init; }

    /// <summary>True for one that comes from an archive: it goes into none again.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>The rules of its bus that may get it, by their ARNs; none: all.</summary>
    public IReadOnlyList<string> RuleArns { get; init; } = [];

    internal MessageContent ToContent(ReadOnlyMemory<byte> body) =>
        new() { Body = body, SenderId = SenderId, TraceHeader = TraceHeader };
}
