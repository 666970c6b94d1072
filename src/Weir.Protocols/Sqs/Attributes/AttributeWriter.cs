using System.Globalization;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>Writes those attributes of a queue that were asked for and that it has.</summary>
internal sealed class AttributeWriter(QueueDescription queue, HashSet<string> names, AnswerWriter answer)
{
    private const string KmsReusePeriodDefault = "300";

    private readonly bool _all = names.Contains(AttributeName.All);

    public void Write()
    {
        var config = queue.Config;
        answer.BeginMap(SqsMembers.Attributes);
        Text(AttributeName.Policy, config.Opaque.GetValueOrDefault(AttributeName.Policy));
        Seconds(AttributeName.VisibilityTimeout, config.VisibilityTimeout);
        Number(AttributeName.MaximumMessageSize, config.MessageBytesMax);
        Seconds(AttributeName.MessageRetentionPeriod, config.Retention);
        Number(AttributeName.Visible, queue.Counters.Visible);
        Number(AttributeName.InFlight, queue.Counters.InFlight);
        Number(AttributeName.Delayed, queue.Counters.Delayed);
        Number(AttributeName.Created, queue.CreatedUnixMs / 1000);
        Number(AttributeName.Modified, queue.ModifiedUnixMs / 1000);
        Text(AttributeName.Arn, QueueArn.Write(queue.Name));
        Seconds(AttributeName.DelaySeconds, config.Delay);
        Seconds(AttributeName.ReceiveWait, config.ReceiveWait);
        if (config.Redrive is { } redrive) Text(AttributeName.RedrivePolicy, RedrivePolicyText.Write(redrive));
        if (config.RedriveAllow is { } allow)
            Text(AttributeName.RedriveAllowPolicy, RedriveAllowPolicyText.Write(allow));
        WriteEncryption(config);
        if (config.IsFifo) WriteFifo(config);
        FlowAttributes.Write(queue, (name, value, saysMore) =>
        {
            if (saysMore ? _all || names.Contains(name) : names.Contains(name)) answer.Entry(name, value);
        });
        answer.EndMap();
    }

    // A queue is encrypted by SQS itself unless it names a key of KMS or says no; so SQS answers, and so does Weir.
    private void WriteEncryption(QueueConfig config)
    {
        var key = config.Opaque.GetValueOrDefault(AttributeName.KmsMasterKeyId);
        Text(AttributeName.KmsMasterKeyId, key);
        if (key is not null)
        {
            Text(AttributeName.KmsReusePeriod,
                config.Opaque.GetValueOrDefault(AttributeName.KmsReusePeriod, KmsReusePeriodDefault));
        }

        Text(AttributeName.SqsManagedSse,
            key is not null ? "false" : config.Opaque.GetValueOrDefault(AttributeName.SqsManagedSse, "true"));
    }

    private void WriteFifo(QueueConfig config)
    {
        Text(AttributeName.FifoQueue, "true");
        Text(AttributeName.ContentBasedDeduplication, config.ContentBasedDeduplication ? "true" : "false");
        Text(AttributeName.DeduplicationScope,
            config.DeduplicationScope == DeduplicationScope.Queue ? "queue" : "messageGroup");
        Text(AttributeName.FifoThroughputLimit,
            config.ThroughputLimit == ThroughputLimit.PerQueue ? "perQueue" : "perMessageGroupId");
    }

    private void Seconds(string name, TimeSpan value) => Number(name, (long)value.TotalSeconds);

    private void Number(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    private void Text(string name, string? value)
    {
        if (value is not null && (_all || names.Contains(name))) answer.Entry(name, value);
    }
}
