using System.Collections.Immutable;

namespace Weir.Broker.Delivery;

/// <summary>
/// When a delivery that failed is tried again, and when no more. A pure function of what is stored with the message
/// (how often it was tried, how old it is), so that a restart changes nothing.
/// </summary>
public sealed record RetryPolicy
{
    /// <summary>After the first try come the retries of these phases, in this order.</summary>
    public required ImmutableArray<RetryPhase> Phases { get; init; }

    /// <summary>From the message's sending on; past it there is no try, not even a first. Null: no limit.</summary>
    public TimeSpan? AgeMax { get; init; }

    /// <summary>0 to 1: what share of a delay chance may take off, so that retries do not come in waves.</summary>
    public double JitterShare { get; init; }

    /// <summary>
    /// True when an answer of that status, which is none of 2xx, is worth another try. No answer at all always is.
    /// </summary>
    public Func<int, bool> RetriesStatus { get; init; } = RetriesServerErrors;

    public int TriesMax => 1 + Phases.Sum(phase => phase.Retries);

    /// <summary>
    /// Amazon SNS, HTTP and HTTPS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html.
    /// </summary>
    /// <param name="retries">All of them; what the other numbers leave is the back-off phase.</param>
    public static RetryPolicy Sns(
        int retries = 3,
        int immediate = 0,
        int atMinDelay = 0,
        int atMaxDelay = 0,
        TimeSpan? minDelay = null,
        TimeSpan? maxDelay = null,
        BackoffFunction function = BackoffFunction.Linear)
    {
        var (min, max) = (minDelay ?? TimeSpan.FromSeconds(20), maxDelay ?? TimeSpan.FromSeconds(20));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(immediate + atMinDelay + atMaxDelay, retries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(min, max);
        return new RetryPolicy
        {
            Phases =
            [
                new RetryPhase(immediate, TimeSpan.Zero, TimeSpan.Zero, BackoffFunction.Linear),
                new RetryPhase(atMinDelay, min, min, BackoffFunction.Linear),
                new RetryPhase(retries - immediate - atMinDelay - atMaxDelay, min, max, function),
                new RetryPhase(atMaxDelay, max, max, BackoffFunction.Linear),
            ],
        };
    }

    /// <summary>
    /// Amazon EventBridge: up to 185 retries in 24 hours, exponential with jitter:
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html. API destinations retry
    /// only some statuses: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html.
    /// </summary>
    public static RetryPolicy EventBridge(int retries = 185, TimeSpan? ageMax = null) => new()
    {
        // Ten minutes at most, a quarter of it off on average: 185 retries then take about the 24 hours.
        Phases = [new RetryPhase(retries, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), BackoffFunction.Doubling)],
        AgeMax = ageMax ?? TimeSpan.FromHours(24),
        JitterShare = 0.5,
        RetriesStatus = static status => status is 401 or 407 or 409 or 429 or >= 500,
    };

    /// <summary>The wait after a try that failed; null: give up.</summary>
    /// <param name="attempt">How many tries there were, this one included.</param>
    /// <param name="age">Of the message, now.</param>
    /// <param name="jitter">From 0 to below 1, by chance.</param>
    public TimeSpan? DelayAfter(int attempt, TimeSpan age, double jitter)
    {
        if (DelayOf(attempt - 1) is not { } longest) return null;
        var delay = longest * (1 - (JitterShare * jitter));
        return AgeMax is { } ageMax && age + delay >= ageMax ? null : delay;
    }

    /// <summary>
    /// How old a message is when an endpoint that answers nothing used up all its tries. A circuit that is open holds
    /// a message back no longer than that.
    /// </summary>
    internal TimeSpan AgeTotal(TimeSpan timeout)
    {
        var total = timeout;
        foreach (var phase in Phases)
        {
            for (var i = 0; i < phase.Retries; i++)
            {
                total += phase.DelayOf(i) + timeout;
                if (total >= AgeMax) return AgeMax.Value;
            }
        }

        return total;
    }

    private static bool RetriesServerErrors(int status) => status is 429 or >= 500;

    private TimeSpan? DelayOf(int retry)
    {
        foreach (var phase in Phases)
        {
            if (retry < phase.Retries) return phase.DelayOf(retry);
            retry -= phase.Retries;
        }

        return null;
    }
}
