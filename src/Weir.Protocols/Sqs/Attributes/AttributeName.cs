using System.Collections.Frozen;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>The names of queue attributes, in the order in which SQS documents them.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
internal static class AttributeName
{
    public const string All = "All";
    public const string Policy = "Policy";
    public const string VisibilityTimeout = "VisibilityTimeout";
    public const string MaximumMessageSize = "MaximumMessageSize";
    public const string MessageRetentionPeriod = "MessageRetentionPeriod";
    public const string Visible = "ApproximateNumberOfMessages";
    public const string InFlight = "ApproximateNumberOfMessagesNotVisible";
    public const string Created = "CreatedTimestamp";
    public const string Modified = "LastModifiedTimestamp";
    public const string Arn = "QueueArn";
    public const string Delayed = "ApproximateNumberOfMessagesDelayed";
    public const string DelaySeconds = "DelaySeconds";
    public const string ReceiveWait = "ReceiveMessageWaitTimeSeconds";
    public const string RedrivePolicy = "RedrivePolicy";
    public const string RedriveAllowPolicy = "RedriveAllowPolicy";
    public const string FifoQueue = "FifoQueue";
    public const string ContentBasedDeduplication = "ContentBasedDeduplication";
    public const string DeduplicationScope = "DeduplicationScope";
    public const string FifoThroughputLimit = "FifoThroughputLimit";
    public const string KmsMasterKeyId = "KmsMasterKeyId";
    public const string KmsReusePeriod = "KmsDataKeyReusePeriodSeconds";
    public const string SqsManagedSse = "SqsManagedSseEnabled";

    private static readonly FrozenSet<string> Known = new[]
    {
        All, Policy, VisibilityTimeout, MaximumMessageSize, MessageRetentionPeriod, Visible, InFlight, Created,
        Modified, Arn, Delayed, DelaySeconds, ReceiveWait, RedrivePolicy, RedriveAllowPolicy, FifoQueue,
        ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit, KmsMasterKeyId, KmsReusePeriod,
        SqsManagedSse,
    }.Concat(FlowAttributes.Names).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string name) => Known.Contains(name);
}
