namespace Weir.Broker.Tenants;

/// <summary>
/// Lets so much through in a second, and a second's worth at once after a pause. Whoever finds anything left gets all
/// that they ask for, and those after them wait until that is made up for: one large request is never refused for ever.
/// Not for several threads at once.
/// </summary>
internal sealed class TokenBucket
{
    private double _rate;
    private double _left;
    private long _filledAt;

    public TokenBucket(double rate, long timestamp) => (_rate, _left, _filledAt) = (rate, Math.Max(rate, 1), timestamp);

    /// <summary>Null when something is left, else how long until then.</summary>
    public TimeSpan? Wait(TimeProvider time)
    {
        Fill(time);
        return _left >= 1 ? null : TimeSpan.FromSeconds((1 - _left) / _rate);
    }

    /// <summary>What is left of a second's worth, 0 to 1.</summary>
    public double ShareLeft(TimeProvider time)
    {
        Fill(time);
        return Math.Clamp(_left / Math.Max(_rate, 1), 0, 1);
    }

    public void Take(double amount) => _left -= amount;

    /// <summary>What is owed or left stays.</summary>
    public void Change(double rate, TimeProvider time)
    {
        Fill(time);
        _rate = rate;
        _left = Math.Min(_left, Math.Max(rate, 1));
    }

    private void Fill(TimeProvider time)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Math.Max(_rate, 1), _left + (time.GetElapsedTime(_filledAt, now).TotalSeconds * _rate));
        _filledAt = now;
    }
}
