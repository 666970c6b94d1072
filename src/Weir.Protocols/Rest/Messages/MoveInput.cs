using System.Text.Json;
using Weir.Broker.DeadLetters;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Messages;

/// <summary>What a request says of a move out of a dead-letter queue.</summary>
internal sealed record MoveInput
{
    public const int RateMax = 500;

    /// <summary>The queue that they go to; without it each goes back to its own source.</summary>
    public string? To { get; init; }

    /// <summary>Messages a second, 1 to <see cref="RateMax"/>.</summary>
    public int? Rate { get; init; }

    /// <summary>Which of them go, as an event pattern over what a look at the queue shows; without it all.</summary>
    public JsonElement? Where { get; init; }

    public Problem? Check()
    {
        if (To is not null && !QueueNameText.IsValid(To)) return AdminJson.Wrong("to is the name of a queue.");
        if (Rate is < 1 or > RateMax) return AdminJson.Wrong($"rate is from 1 to {RateMax} messages a second.");
        return Where is { } where && MessageFilter.Parse(where.GetRawText()).Fault is { } fault
            ? AdminJson.Wrong($"where: {fault.Message}")
            : null;
    }
}
