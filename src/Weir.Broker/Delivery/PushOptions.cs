using System.Net;

namespace Weir.Broker.Delivery;

/// <summary>What the dispatcher may call, and how much at once.</summary>
public sealed record PushOptions
{
    /// <summary>
    /// Addresses (<c>10.1.2.3</c>), networks (<c>10.0.0.0/8</c>) and host names that may be called though they are
    /// private or otherwise refused. Who names a host trusts whoever answers for its name.
    /// </summary>
    public IReadOnlyList<string> AllowPrivate { get; init; } = [];

    /// <summary>Whether endpoints on this machine may be called: 127.0.0.0/8 and ::1.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>
    /// Null: endpoints are called directly, whatever the environment says. With a proxy it is the proxy that resolves
    /// names and must refuse private addresses; Weir then refuses only what is written as an address.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>Calls under way over all destinations.</summary>
    public int ConcurrencyMax { get; init; } = 256;

    /// <summary>A lease outlasts the timeout of its try by this much: time to settle what came of it.</summary>
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A destination that asks for a longer pause (Retry-After) gets this one.</summary>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many failures in a row open a destination's circuit.</summary>
    public int CircuitFailures { get; init; } = 5;

    /// <summary>How long a circuit stays open at first; each probe that fails doubles it.</summary>
    public TimeSpan CircuitBreakMin { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan CircuitBreakMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Attempts that are remembered for each route.</summary>
    public int HistoryPerRoute { get; init; } = 100;

    /// <summary>Attempts that are remembered over all routes.</summary>
    public int HistoryMax { get; init; } = 10_000;

    /// <summary>How names are resolved; a test gives its own answers.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
