namespace Weir.Broker.Access;

/// <summary>Where a policy holds, and how large it may be there.</summary>
public sealed record PolicyScope
{
    /// <summary>Policies of keys. A document is at most as long as one of a user at Amazon.</summary>
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    public static PolicyScope Identity { get; } = new()
    {
        Services = ["sqs", "sns", "events", "pipes", "scheduler", "weir"], BytesMax = 6_144, StatementsMax = 100,
    };

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    public static PolicyScope Queue { get; } = new()
    {
        Services = ["sqs"], BytesMax = 8_192, StatementsMax = 20, IsOfResource = true,
    };

    public static PolicyScope Topic { get; } = new()
    {
        Services = ["sns"], BytesMax = 30_720, StatementsMax = 100, IsOfResource = true,
    };

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    public static PolicyScope Bus { get; } = new()
    {
        Services = ["events"], BytesMax = 10_240, StatementsMax = 100, IsOfResource = true,
    };

    /// <summary>What may stand before the colon of an action.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Of its JSON, in UTF-8.</summary>
    public required int BytesMax { get; init; }

    public required int StatementsMax { get; init; }

    /// <summary>
    /// True: it is a queue's, topic's or bus's, and its statements say for whom they are; false: it is a key's, and
    /// they do not.
    /// </summary>
    public bool IsOfResource { get; init; }

    /// <summary>The actions that there are, such as <c>sqs:SendMessage</c>; null: any name of those services.</summary>
    public IReadOnlyCollection<string>? Actions { get; init; }
}
