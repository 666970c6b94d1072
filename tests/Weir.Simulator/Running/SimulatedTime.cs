namespace Weir.Simulator;

// A clock that stands still until it is moved, and whose timers are run by whoever moves it.
internal sealed class SimulatedTime : TimeProvider
{
    private readonly List<SimulatedTimer> _timers = [];

    public long NowMs { get; private set; } = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
        .ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public override long GetTimestamp() => NowMs;

    public override long TimestampFrequency => 1000;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    // When the next timer is due; null when none is.
    public long? NextDueMs => _timers.Min(timer => timer.DueMs);

    // Goes to a time in one leap, as a machine that was suspended does: what became due meanwhile runs once, late.
    public void LeapTo(long nowMs)
    {
        NowMs = nowMs;
        foreach (var timer in _timers.Where(timer => timer.DueMs <= nowMs).OrderBy(timer => timer.DueMs).ToList())
            timer.Run();
    }

    // The process that made them is gone.
    public void ForgetTimers() => _timers.Clear();

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long? DueMs { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            DueMs = dueTime == Timeout.InfiniteTimeSpan ? null : time.NowMs + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void Run()
        {
            DueMs = _period == Timeout.InfiniteTimeSpan ? null : time.NowMs + (long)_period.TotalMilliseconds;
            callback(state);
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
