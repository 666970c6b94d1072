namespace Weir.Broker.Routing.Patterns;

/// <summary>What a pattern may say, and how much of it: this is all in which the services' patterns differ.</summary>
public sealed record PatternOptions
{
    /// <summary>Event bus rules.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html</summary>
    public static PatternOptions EventBridge { get; } = new();

    /// <summary>Pipe filters: anything-but takes values only.</summary>
    public static PatternOptions Pipes { get; } = new() { AllowsAnythingButOperators = false };

    /// <summary>Subscription filter policies over a message's JSON body.
    /// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html</summary>
    public static PatternOptions SnsBody { get; } = new()
    {
        BytesMax = 256 * 1024,
        KeysMax = 5,
        CombinationsMax = 150,
        CountsDepth = true,
        NumberMagnitudeMax = 1_000_000_000,
        NumberDecimalsMax = 5,
        WildcardStarsMax = 3,
        WildcardPointsMax = 100,
    };

    /// <summary>Subscription filter policies over a message's attributes, which have no fields within.</summary>
    public static PatternOptions Sns { get; } = SnsBody with { IsFlat = true, CountsDepth = false };

    /// <summary>False refuses an operator within anything-but.</summary>
    public bool AllowsAnythingButOperators { get; init; } = true;

    /// <summary>True refuses a field within a field.</summary>
    public bool IsFlat { get; init; }

    /// <summary>In UTF-8. EventBridge's quota is 2,048 characters, and can be raised.</summary>
    public int BytesMax { get; init; } = 2_048;

    /// <summary>How deep a pattern's JSON may be nested.</summary>
    public int DepthMax { get; init; } = 64;

    /// <summary>How many fields a pattern may name.</summary>
    public int KeysMax { get; init; } = int.MaxValue;

    /// <summary>The product of the number of values of each field, and the sum of that over the choices of $or.
    /// </summary>
    public int CombinationsMax { get; init; } = int.MaxValue;

    /// <summary>True multiplies a field's values by how deep it lies, as SNS does for bodies.</summary>
    public bool CountsDepth { get; init; }

    /// <summary>How many conjunctions $or may unfold to: EventBridge's limit is 1,000.</summary>
    public int ChoicesMax { get; init; } = 1_000;

    /// <summary>The largest number, and with a minus the smallest, that <c>numeric</c> compares.</summary>
    public long NumberMagnitudeMax { get; init; } = 5_000_000_000;

    public int NumberDecimalsMax { get; init; } = int.MaxValue;

    /// <summary>The stars in one wildcard.</summary>
    public int WildcardStarsMax { get; init; } = int.MaxValue;

    /// <summary>A wildcard of one star counts one, one of more stars counts three for each.</summary>
    public int WildcardPointsMax { get; init; } = int.MaxValue;

    /// <summary>How many places in one wildcard a value may be at, at once. EventBridge refuses what is "too complex"
    /// without giving its figure; this one keeps the work for a byte within 32 steps a wildcard.</summary>
    public int WildcardPlacesMax { get; init; } = 32;
}
