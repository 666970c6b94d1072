namespace Weir.Server.Telemetry;

/// <summary>Every metric that Weir has.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
        [.. ProcessMetrics.All, .. QueueMetrics.All, .. TenantMetrics.All];
}
