using System.Threading.Tasks.Sources;

namespace Weir.Benchmarks.Appending;

/// <summary>A producer with one outstanding record: it waits, without a thread, until that is durable.</summary>
internal sealed class Appender(AppendLoop loop, ReadOnlyMemory<byte> record) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };

    public ReadOnlyMemory<byte> Record { get; } = record;

    public ValueTask AppendAsync()
    {
        _source.Reset();
        var task = new ValueTask(this, _source.Version);
        loop.Post(this);
        return task;
    }

    public void Complete() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
