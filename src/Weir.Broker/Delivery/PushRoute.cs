using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Delivery;

/// <summary>From which queue messages go to which endpoint, and how. Immutable; a change replaces it whole.</summary>
public sealed record PushRoute
{
    private readonly string? _destination;

    public required string Id { get; init; }

    /// <summary>The queue that messages are leased from; one that no user made.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>http or https. What is called is what <see cref="Render"/> says; this names the destination.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Called before each try, so that what a request says of the time is true.</summary>
    public required Func<ReceivedMessage, CancellationToken, ValueTask<PushRequest>> Render { get; init; }

    public required RetryPolicy Retry { get; init; }

    /// <summary>
    /// A tenant's routes with the same destination share rate, concurrency and circuit. Default: scheme, host, port.
    /// </summary>
    public string Destination
    {
        get => _destination ?? Endpoint.GetLeftPart(UriPartial.Scheme) + Endpoint.IdnHost + ":" + Endpoint.Port;
        init => _destination = value;
    }

    /// <summary>How many messages are under way at once.</summary>
    public int ConcurrencyMax { get; init; } = 10;

    /// <summary>Null: as fast as the endpoint answers.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>For a whole try: connecting, sending, and the head of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// At most one message of a group is under way, and one that failed holds its group back until it was delivered
    /// or given up. The queue must be a FIFO queue, whose leases give just that.
    /// </summary>
    public bool OrderedByGroup { get; init; }

    /// <summary>What goes to which dead-letter queue when a message is given up; null: there is none.</summary>
    public Func<ReceivedMessage, PushFailure, ValueTask<DeadLetterContent?>>? DeadLetter { get; init; }

    /// <summary>Asked about the status of an answer other than 2xx: true when the same try is to render and send once
    /// more, as with a token that was not taken. Null: never.</summary>
    public Func<int, bool>? SendsAgain { get; init; }

    /// <exception cref="ArgumentException">The route contradicts itself.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ConcurrencyMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        if (RatePerSecond is { } rate) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rate, 0);
        if (OrderedByGroup && !Queue.HasFifoSuffix)
            throw new ArgumentException($"Route {Id} keeps groups in order; its queue must be a FIFO queue.");
        if (Endpoint.Scheme != Uri.UriSchemeHttp && Endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"Route {Id} must call http or https, not {Endpoint.Scheme}.");
    }
}
