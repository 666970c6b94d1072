using Weir.Broker.Delivery;
using Weir.Broker.Telemetry;
using Weir.Broker.Tenants;
using Weir.Server.Options;

namespace Weir.Server.Telemetry;

/// <summary>What the server tells of itself: figures, from which every reporter reads, and those that run.</summary>
internal sealed class ServerTelemetry : IAsyncDisposable
{
    /// <summary>Values of one queue or tenant in one metric at most: its quotas.</summary>
    private static readonly int PointsPerItemMax = QuotaNames.All.Length;

    private readonly ServerMetrics _metrics;
    private readonly OtlpExport? _export;

    public ServerTelemetry(ServerOptions options, Broker.Broker broker, Admission admission, PushDispatcher push)
    {
        var figures = new FigureOptions
        {
            QueuesMax = options.MetricsQueuesMax, TenantsMax = options.MetricsTenantsMax,
        };
        Survey = new FigureSurvey(broker, admission, push, figures);
        _metrics = new ServerMetrics(broker, Survey);
        _export = OtlpExport.Start(
            options.Telemetry, Survey, broker.Time,
            PointsPerItemMax * (Math.Max(figures.QueuesMax, figures.TenantsMax) + 1));
    }

    public FigureSurvey Survey { get; }

    /// <summary>Sends what there is a last time; to be done before the broker ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_export is not null) await _export.DisposeAsync();
        _metrics.Dispose();
    }
}
