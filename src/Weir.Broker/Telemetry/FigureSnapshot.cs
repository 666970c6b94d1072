using Weir.Engine;
using Weir.Journal;

namespace Weir.Broker.Telemetry;

/// <summary>All figures that Weir tells of itself, at one moment: every reporter reads them here.</summary>
/// <param name="Queues">Those that are told apart, without those that no user made.</param>
/// <param name="Others">The other queues of users together.</param>
/// <param name="OtherTotals">What those did, and queues that are gone.</param>
/// <param name="Tenants">Those that are told apart.</param>
/// <param name="OtherTenants">The other tenants together.</param>
public sealed record FigureSnapshot(
    long UnixMs,
    BrokerFigures Broker,
    IReadOnlyList<QueueFigures> Queues,
    QueueSum Others,
    QueueTotals OtherTotals,
    IReadOnlyList<TenantFigures> Tenants,
    TenantFigures OtherTenants)
{
    /// <summary>Before anything was collected.</summary>
    public static FigureSnapshot Empty { get; } = new(
        0, new BrokerFigures(0, 0, 0, 0, 0, 0, 0, default, new JournalFigures(0, 0, 0, 0, 0, 0, 0)), [], default,
        default, [], new TenantFigures("", default, 0, 0, null, default, []));

    /// <summary>How old what was sent then is now, in seconds; 0 when there is nothing.</summary>
    public double AgeSeconds(long? sentUnixMs) => sentUnixMs is { } sent ? Math.Max(0, UnixMs - sent) / 1000.0 : 0;
}
