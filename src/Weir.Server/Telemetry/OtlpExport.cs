using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Weir.Broker.Telemetry;
using Weir.Server.Options;

namespace Weir.Server.Telemetry;

/// <summary>
/// Sends metrics and traces by OTLP. Before each export of metrics the figures are collected, so that what is sent is
/// of that moment and nothing waits for the shard in between.
/// </summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    private readonly FigureSurvey _survey;
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly BaseExportingMetricReader _reader;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private OtlpExport(TelemetryOptions options, FigureSurvey survey, TimeProvider time, int pointsMax)
    {
        _survey = survey;
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceOf(options))
            .AddSource(Tracing.SourceName)
            .AddOtlpExporter(exporter => Configure(exporter, options, "v1/traces"))
            .Build();
        var exporter = new OtlpExporterOptions();
        Configure(exporter, options, "v1/metrics");
        _reader = new BaseExportingMetricReader(new OtlpMetricExporter(exporter));
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceOf(options))
            .AddMeter(ServerMetrics.MeterName)
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = pointsMax })
            .AddReader(_reader)
            .Build();
        _running = RunAsync(options.MetricInterval, time, _stop.Token);
    }

    /// <returns>Null when there is nowhere to send to: then nothing runs.</returns>
    /// <param name="pointsMax">The most values of one metric.</param>
    public static OtlpExport? Start(TelemetryOptions options, FigureSurvey survey, TimeProvider time, int pointsMax) =>
        options.Endpoint is null ? null : new OtlpExport(options, survey, time, pointsMax);

    /// <summary>Sends the log lines, too.</summary>
    public static void ConfigureLogs(ILoggingBuilder logging, TelemetryOptions options)
    {
        if (options.Endpoint is null) return;
        logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(ResourceOf(options));
            logs.AddOtlpExporter(exporter => Configure(exporter, options, "v1/logs"));
        });
    }

    /// <summary>Sends what there is once more, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await CollectAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.Run(_metrics.Dispose).ConfigureAwait(false);
        await Task.Run(_traces.Dispose).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
                await CollectAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task CollectAsync(CancellationToken stop)
    {
        if (!(await _survey.CollectAsync(stop).ConfigureAwait(false)).IsOk) return;

        // The exporter waits for the collector; a thread of the pool does so once in an interval.
        await Task.Run(() => _reader.Collect(), stop).ConfigureAwait(false);
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        var isGrpc = options.Protocol == TelemetryOptions.Grpc;
        exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Headers = options.Headers;
        exporter.Endpoint = isGrpc
            ? options.Endpoint!
            : new Uri(options.Endpoint!.AbsoluteUri.TrimEnd('/') + "/" + path);
    }

    // What comes later goes before: the standard variables before Weir's own name.
    private static ResourceBuilder ResourceOf(TelemetryOptions options)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddTelemetrySdk()
            .AddService("weir", serviceVersion: ServerVersion.Text, autoGenerateServiceInstanceId: false)
            .AddEnvironmentVariableDetector();
        return options.ServiceName is { } name
            ? resource.AddService(name, serviceVersion: ServerVersion.Text, autoGenerateServiceInstanceId: false)
            : resource;
    }
}
