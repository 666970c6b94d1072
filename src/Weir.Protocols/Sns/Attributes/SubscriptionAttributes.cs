using System.Text;
using Weir.Broker.Archives;
using Weir.Broker.Routing.Patterns;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Push;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>Subscription attributes: which there are, and what each sets.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
internal static class SubscriptionAttributes
{
    public const string RawMessageDelivery = "RawMessageDelivery";
    public const string FilterPolicy = "FilterPolicy";
    public const string FilterPolicyScope = "FilterPolicyScope";
    public const string RedrivePolicy = "RedrivePolicy";
    public const string DeliveryPolicy = "DeliveryPolicy";
    public const string ReplayPolicy = "ReplayPolicy";

    private const string DeadLetterTarget = "deadLetterTargetArn";
    private const string ScopeAttributes = "MessageAttributes";
    private const string ScopeBody = "MessageBody";

    /// <summary>The subscription with the attribute set; null with the reason when it cannot be.</summary>
    public static (SubscriptionConfig? Config, AwsError? Error) Set(
        SubscriptionConfig config, TopicName topic, string name, string value)
    {
        switch (name)
        {
            case RawMessageDelivery:
                return value is "true" or "false"
                    ? (config with { IsRaw = value == "true" }, null)
                    : Wrong(name, "must be true or false");
            case FilterPolicyScope:
                return value is ScopeAttributes or ScopeBody
                    ? (config with { FiltersBody = value == ScopeBody }, null)
                    : Wrong(name, $"must be {ScopeAttributes} or {ScopeBody}");
            case FilterPolicy:
                return (config with { FilterPolicy = value.Trim() is "" or "{}" ? null : value }, null);
            case RedrivePolicy:
                return SetRedrive(config, topic, value);
            case DeliveryPolicy:
                return SetDeliveryPolicy(config, value);
            case "SubscriptionRoleArn":
                return Wrong(name, "it is for Firehose, which Weir does not have");
            case ReplayPolicy:
                return SetReplay(config, topic, value);
            default:
                return (null, SnsErrors.Invalid("AttributeName", $"{name} is no attribute that can be set"));
        }
    }

    /// <summary>What only the attributes together can be judged by.</summary>
    public static AwsError? Check(SubscriptionConfig config)
    {
        if (config.FilterPolicy is not { } policy) return null;
        var options = config.FiltersBody ? PatternOptions.SnsBody : PatternOptions.Sns;
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(policy), options);
        return parsed.IsOk ? null : SnsErrors.Invalid(FilterPolicy, parsed.Fault.Message);
    }

    /// <summary>What GetSubscriptionAttributes answers, in the order of the names.</summary>
    /// <param name="replay">The one that was started last, if there was one.</param>
    public static SortedDictionary<string, string> Describe(
        TopicDescription described, SubscriptionConfig subscription, ReplayConfig? replay)
    {
        var topic = described.Name;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["SubscriptionArn"] = TopicArn.Write(topic, subscription.Id),
            ["TopicArn"] = TopicArn.Write(topic),
            ["Owner"] = subscription.Owner,
            ["Protocol"] = SubscriptionProtocol.Of(subscription),
            ["Endpoint"] = SubscriptionProtocol.EndpointOf(subscription),
            ["ConfirmationWasAuthenticated"] = subscription.Endpoint is null || subscription.EndsSignedOnly
                ? "true"
                : "false",
            ["PendingConfirmation"] = subscription.IsPending ? "true" : "false",
            ["SubscriptionPrincipal"] = $"arn:aws:iam::{subscription.Owner}:root",
            [RawMessageDelivery] = subscription.IsRaw ? "true" : "false",
        };
        if (subscription.FilterPolicy is { } policy)
        {
            attributes[FilterPolicy] = policy;
            attributes[FilterPolicyScope] = subscription.FiltersBody ? ScopeBody : ScopeAttributes;
        }

        if (subscription.DeliveryPolicy is { } delivery) attributes[DeliveryPolicy] = delivery;
        if (subscription.Endpoint is not null)
        {
            attributes["EffectiveDeliveryPolicy"] = EffectiveDeliveryPolicy.Of(
                TopicAttributes.DeliveryPolicyOf(described.Config), subscription.DeliveryPolicy).Write();
        }

        if (subscription.Replay is { } window) attributes[ReplayPolicy] = window.Policy;
        if (replay is not null) attributes["ReplayStatus"] = ReplayPolicyText.StatusOf(replay.State);
        if (subscription.DeadLetterQueue is { } queue)
            attributes[RedrivePolicy] = $$"""{"{{DeadLetterTarget}}":"{{QueueArn.Write(queue)}}"}""";
        return attributes;
    }

    private static (SubscriptionConfig? Config, AwsError? Error) SetRedrive(
        SubscriptionConfig config, TopicName topic, string value)
    {
        if (value.Trim() is "" or "{}") return (config with { DeadLetterQueue = null }, null);
        var arn = JsonText.ParseObject(value) is { Count: 1 } policy ? JsonText.String(policy[DeadLetterTarget]) : null;
        if (arn is null || QueueArn.Parse(arn) is not { } queue)
            return Wrong(RedrivePolicy, $"must be an object with the ARN of a queue as its {DeadLetterTarget}");
        if (queue.Account != topic.Account || queue.Region != topic.Region)
            return Wrong(RedrivePolicy, "the dead-letter queue must be in the account and region of the topic");
        return queue.HasFifoSuffix && !topic.HasFifoSuffix
            ? Wrong(RedrivePolicy, "a standard topic's dead-letter queue must be a standard queue")
            : (config with { DeadLetterQueue = queue }, null);
    }

    private static (SubscriptionConfig? Config, AwsError? Error) SetReplay(
        SubscriptionConfig config, TopicName topic, string value)
    {
        if (!topic.HasFifoSuffix) return Wrong(ReplayPolicy, "it is for subscriptions of FIFO topics");
        var (window, problem) = ReplayPolicyText.Parse(value);
        return problem is null ? (config with { Replay = window }, null) : Wrong(ReplayPolicy, problem);
    }

    private static (SubscriptionConfig? Config, AwsError? Error) SetDeliveryPolicy(
        SubscriptionConfig config, string value)
    {
        if (config.Endpoint is null) return Wrong(DeliveryPolicy, "it is for HTTP subscriptions");
        return DeliveryPolicyText.Parse(value).Problem is { } problem
            ? Wrong(DeliveryPolicy, problem)
            : (config with { DeliveryPolicy = value.Trim().Length == 0 ? null : value }, null);
    }

    private static (SubscriptionConfig? Config, AwsError? Error) Wrong(string name, string reason) =>
        (null, SnsErrors.Invalid($"Attributes: {name}", reason));
}
