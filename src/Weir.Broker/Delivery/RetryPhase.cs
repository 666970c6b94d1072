namespace Weir.Broker.Delivery;

/// <summary>How the delays of a phase grow from its shortest to its longest.</summary>
public enum BackoffFunction
{
    /// <summary>By the same amount each time.</summary>
    Linear,

    /// <summary>By an amount that itself grows evenly.</summary>
    Arithmetic,

    /// <summary>By the same factor each time.</summary>
    Geometric,

    /// <summary>By an amount that doubles each time.</summary>
    Exponential,

    /// <summary>Doubled each time until the longest delay, which then stays: the longest need not be reached.</summary>
    Doubling,
}

/// <summary>Retries in a row whose delays follow one function.</summary>
/// <param name="Retries">How many.</param>
/// <param name="Min">Before the first of them.</param>
/// <param name="Max">Before the last of them.</param>
public sealed record RetryPhase(int Retries, TimeSpan Min, TimeSpan Max, BackoffFunction Function)
{
    /// <summary>From here on a power of two is past every delay there is.</summary>
    private const int DoublingsMax = 30;

    /// <param name="index">Which retry of the phase, from 0.</param>
    internal TimeSpan DelayOf(int index)
    {
        if (Function == BackoffFunction.Doubling)
        {
            var ticks = Min.Ticks * Math.Pow(2, Math.Min(index, DoublingsMax));
            return TimeSpan.FromTicks((long)Math.Min(Max.Ticks, ticks));
        }

        if (Retries == 1 || Min == Max) return Min;
        return Min + ((Max - Min) * ShareAt(index, Retries - 1));
    }

    // How much of the way from Min to Max is done at a step; 0 at the first, 1 at the last. The services name their
    // functions without giving formulas; these are the plain readings of the names.
    private double ShareAt(int step, int last) => Function switch
    {
        BackoffFunction.Linear => (double)step / last,
        BackoffFunction.Arithmetic => step * (step + 1.0) / (last * (last + 1.0)),
        BackoffFunction.Geometric => GeometricShare((double)step / last),
        _ => (Math.Pow(2, Math.Min(step - last, 0)) - Math.Pow(2, -last)) / (1 - Math.Pow(2, -last)),
    };

    // A factor needs a start above zero: delays below a millisecond count as one.
    private double GeometricShare(double share)
    {
        var (min, max) = (Math.Max(1, Min.TotalMilliseconds), Math.Max(1, Max.TotalMilliseconds));
        return min >= max ? 0 : ((min * Math.Pow(max / min, share)) - min) / (max - min);
    }
}
