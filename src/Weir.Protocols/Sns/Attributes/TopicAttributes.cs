using System.Collections.Frozen;
using System.Globalization;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Sns.Push;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>Topic attributes: which there are, and what each sets.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
internal static class TopicAttributes
{
    public const string Policy = "Policy";
    public const string FifoTopic = "FifoTopic";
    public const string ContentBasedDeduplication = "ContentBasedDeduplication";
    public const string FifoThroughputScope = "FifoThroughputScope";
    public const string SignatureVersion = "SignatureVersion";
    public const string MaximumMessageSize = "MaximumMessageSize";
    public const string DisplayName = "DisplayName";
    public const string DataProtectionPolicy = "DataProtectionPolicy";
    public const string ArchivePolicy = "ArchivePolicy";
    public const string DeliveryPolicy = "DeliveryPolicy";
    public const string ScopeTopic = "Topic";
    public const string ScopeGroup = "MessageGroup";

    private const int MessageBytesMin = 1_024;
    private const int MessageBytesMost = 1_048_576;
    private const int DisplayNameLengthMax = 100;

    /// <summary>Kept and answered. They ask for what another service than Weir would do: encrypt, trace, report.
    /// </summary>
    private static readonly FrozenSet<string> Kept = new[]
    {
        "KmsMasterKeyId", "TracingConfig",
        "HTTPSuccessFeedbackRoleArn", "HTTPSuccessFeedbackSampleRate", "HTTPFailureFeedbackRoleArn",
        "SQSSuccessFeedbackRoleArn", "SQSSuccessFeedbackSampleRate", "SQSFailureFeedbackRoleArn",
        "LambdaSuccessFeedbackRoleArn", "LambdaSuccessFeedbackSampleRate", "LambdaFailureFeedbackRoleArn",
        "FirehoseSuccessFeedbackRoleArn", "FirehoseSuccessFeedbackSampleRate", "FirehoseFailureFeedbackRoleArn",
        "ApplicationSuccessFeedbackRoleArn", "ApplicationSuccessFeedbackSampleRate",
        "ApplicationFailureFeedbackRoleArn",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The configuration with the attribute set; null with the reason when it cannot be.</summary>
    public static (TopicConfig? Config, AwsError? Error) Set(TopicConfig config, string name, string value)
    {
        switch (name)
        {
            case DisplayName:
                return value.Length <= DisplayNameLengthMax
                    ? (Keep(config, name, value), null)
                    : Wrong(name, $"must be at most {DisplayNameLengthMax} characters long");
            case Policy:
                return value.Length > 0 && PolicyScopes.Check(value, PolicyScopes.Topic) is { } policyProblem
                    ? Wrong(name, $"Policy Error: {policyProblem}")
                    : (Keep(config, name, value), null);
            case SignatureVersion:
                return value is "1" or "2"
                    ? (config with { SignatureVersion = value[0] - '0' }, null)
                    : Wrong(name, "must be 1 or 2");
            case MaximumMessageSize:
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                    && bytes is >= MessageBytesMin and <= MessageBytesMost
                    ? (config with { MessageBytesMax = bytes }, null)
                    : Wrong(name, $"must be an integer from {MessageBytesMin} to {MessageBytesMost}");
            case ContentBasedDeduplication or FifoThroughputScope:
                return SetFifo(config, name, value);
            case DeliveryPolicy:
                return TopicDeliveryPolicyText.Parse(value).Problem is { } problem
                    ? Wrong(name, problem)
                    : (Keep(config, name, value), null);
            case ArchivePolicy:
                return SetArchive(config, value);
            default:
                return Kept.Contains(name)
                    ? (Keep(config, name, value), null)
                    : (null, SnsErrors.Invalid("AttributeName", $"{name} is no attribute that can be set"));
        }
    }

    /// <summary>What GetTopicAttributes answers, in the order of the names.</summary>
    public static SortedDictionary<string, string> Describe(TopicDescription topic, DateTimeOffset now)
    {
        var config = topic.Config;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["TopicArn"] = TopicArn.Write(topic.Name),
            ["Owner"] = topic.Name.Account,
            [DisplayName] = "",
            [Policy] = TopicPolicy.Default(topic.Name),
            ["SubscriptionsConfirmed"] = Count(topic, isPending: false),
            ["SubscriptionsPending"] = Count(topic, isPending: true),
            ["SubscriptionsDeleted"] = "0",
            [SignatureVersion] = config.SignatureVersion.ToString(CultureInfo.InvariantCulture),
            ["EffectiveDeliveryPolicy"] = EffectiveDeliveryPolicy.WriteTopic(DeliveryPolicyOf(config)),
            [MaximumMessageSize] = config.MessageBytesMax.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in config.Opaque)
        {
            if (name != DataProtectionPolicy) attributes[name] = value;
        }

        if (!config.IsFifo) return attributes;
        attributes[FifoTopic] = "true";
        attributes[ContentBasedDeduplication] = config.ContentBasedDeduplication ? "true" : "false";
        attributes[FifoThroughputScope] = config.DeduplicatesByGroup ? ScopeGroup : ScopeTopic;
        if (config.ArchiveDays == 0) return attributes;
        var kept = now.AddDays(-config.ArchiveDays);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(config.ArchivedSinceUnixMs);
        attributes[ArchivePolicy] = ArchivePolicyText.Write(config.ArchiveDays);
        attributes["BeginningArchiveTime"] = (since > kept ? since : kept)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return attributes;
    }

    private static string Count(TopicDescription topic, bool isPending) => topic.Subscriptions
        .Count(subscription => subscription.IsPending == isPending)
        .ToString(CultureInfo.InvariantCulture);

    /// <summary>As it was set; null: it was not.</summary>
    public static string? DeliveryPolicyOf(TopicConfig? config) => config?.Opaque.GetValueOrDefault(DeliveryPolicy);

    /// <summary>An empty value removes what was kept.</summary>
    public static TopicConfig Keep(TopicConfig config, string name, string value) => config with
    {
        Opaque = value.Length == 0 ? config.Opaque.Remove(name) : config.Opaque.SetItem(name, value),
    };

    private static (TopicConfig? Config, AwsError? Error) SetArchive(TopicConfig config, string value)
    {
        if (!config.IsFifo) return Wrong(ArchivePolicy, "only a FIFO topic has it");
        return ArchivePolicyText.Parse(value) is { } days
            ? (config with { ArchiveDays = days }, null)
            : Wrong(ArchivePolicy, "must be an object with a MessageRetentionPeriod of 1 to 365 days, or empty");
    }

    private static (TopicConfig? Config, AwsError? Error) SetFifo(TopicConfig config, string name, string value)
    {
        if (!config.IsFifo) return Wrong(name, "only a FIFO topic has it");
        if (name == FifoThroughputScope)
        {
            return value is ScopeTopic or ScopeGroup
                ? (config with { DeduplicatesByGroup = value == ScopeGroup }, null)
                : Wrong(name, $"must be {ScopeTopic} or {ScopeGroup}");
        }

        return value is "true" or "false"
            ? (config with { ContentBasedDeduplication = value == "true" }, null)
            : Wrong(name, "must be true or false");
    }

    private static (TopicConfig? Config, AwsError? Error) Wrong(string name, string reason) =>
        (null, SnsErrors.Invalid($"Attributes: {name}", reason));
}
