using System.Diagnostics.Metrics;
using Weir.Broker.Telemetry;

namespace Weir.Server.Telemetry;

/// <summary>
/// The metrics as instruments of the meter <c>Weir</c>, for whatever listens to meters: OTLP, or a tool beside the
/// process.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "Weir";

    /// <summary>Instruments must answer at once, so they show what was collected last, and have it collected anew when
    /// that is older.</summary>
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(10);

    private readonly Meter _meter = new(MeterName, ServerVersion.Text);
    private readonly CancellationTokenSource _stop = new();
    private readonly Broker.Broker _broker;
    private readonly FigureSurvey _survey;
    private Task _collecting = Task.CompletedTask;

    public ServerMetrics(Broker.Broker broker, FigureSurvey survey)
    {
        (_broker, _survey) = (broker, survey);
        foreach (var metric in MetricTable.All)
        {
            if (metric.Kind == MetricKind.Histogram) continue;
            if (metric.IsWhole) Create(metric, point => (long)point.Value);
            else Create(metric, point => point.Value);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _meter.Dispose();
        _stop.Dispose();
    }

    private void Create<T>(MetricDefinition metric, Func<MetricPoint, T> read)
        where T : struct
    {
        if (metric.Kind == MetricKind.Counter)
            _meter.CreateObservableCounter(metric.Name, Observe, metric.Unit, metric.About);
        else
            _meter.CreateObservableGauge(metric.Name, Observe, metric.Unit, metric.About);

        IEnumerable<Measurement<T>> Observe() =>
            metric.Read(Now()).Select(point => new Measurement<T>(
                read(point), point.Tags.Select(tag => KeyValuePair.Create(tag.Name, (object?)tag.Value))));
    }

    private FigureSnapshot Now()
    {
        var latest = _survey.Latest;
        var isOld = latest is null
            || _broker.Time.GetUtcNow().ToUnixTimeMilliseconds() - latest.UnixMs > AgeMax.TotalMilliseconds;
        if (isOld && _collecting.IsCompleted && !_stop.IsCancellationRequested)
            _collecting = CollectAsync(_stop.Token);
        return (latest ?? FigureSnapshot.Empty) with { Broker = _broker.Figures };
    }

    private async Task CollectAsync(CancellationToken stop)
    {
        try
        {
            _ = await _survey.CollectAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends; nobody will ask again.
        }
    }
}
