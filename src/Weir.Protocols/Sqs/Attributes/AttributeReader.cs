using System.Globalization;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>
/// Reads the attributes of CreateQueue and SetQueueAttributes into a change of configuration. Here stand the rules of
/// form and range; what depends on other queues is the engine's to judge. An empty text removes what can be removed.
/// </summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
internal sealed class AttributeReader(QueueName queue, bool isCreate)
{
    private const int KmsKeyIdLengthMax = 2048;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public QueueConfigPatch Patch { get; private set; } = QueueConfigPatch.Empty;

    /// <summary>True when the queue would be encrypted with a key of KMS.</summary>
    public bool SetsKmsKey => Patch.Opaque.TryGetValue(AttributeName.KmsMasterKeyId, out var key) && key is not null;

    public bool RemovesKmsKey => Patch.Opaque.TryGetValue(AttributeName.KmsMasterKeyId, out var key) && key is null;

    public bool SetsSqsManagedSse =>
        Patch.Opaque.TryGetValue(AttributeName.SqsManagedSse, out var value) && value == "true";

    public AwsError? Read(InputItems attributes)
    {
        foreach (var attribute in attributes)
        {
            var name = attribute.Name;
            if (attribute.Text() is not { } value) return null;
            if (!_seen.Add(name)) return AwsErrors.InvalidParameter($"The attribute {name} is there twice.");
            if (Set(name, value) is { } error) return error;
        }

        if (isCreate && queue.HasFifoSuffix && !_seen.Contains(AttributeName.FifoQueue))
            return QueueNameText.InvalidStandard;
        return SetsKmsKey && SetsSqsManagedSse ? SqsErrors.TwoEncryptions : null;
    }

    private AwsError? Set(string name, string value) => name switch
    {
        AttributeName.DelaySeconds => Integer(name, value, 0, 900, out var seconds)
            ?? Change(Patch with { Delay = TimeSpan.FromSeconds(seconds) }),
        AttributeName.MaximumMessageSize => Integer(name, value, 1024, 1_048_576, out var bytes)
            ?? Change(Patch with { MessageBytesMax = bytes }),
        AttributeName.MessageRetentionPeriod => Integer(name, value, 60, 1_209_600, out var seconds)
            ?? Change(Patch with { Retention = TimeSpan.FromSeconds(seconds) }),
        AttributeName.ReceiveWait => Integer(name, value, 0, 20, out var seconds)
            ?? Change(Patch with { ReceiveWait = TimeSpan.FromSeconds(seconds) }),
        AttributeName.VisibilityTimeout => Integer(name, value, 0, 43_200, out var seconds)
            ?? Change(Patch with { VisibilityTimeout = TimeSpan.FromSeconds(seconds) }),
        AttributeName.RedrivePolicy => RedrivePolicyText.Read(value, queue, out var redrive)
            ?? Change(Patch with { Redrive = new Change<RedrivePolicy>(redrive) }),
        AttributeName.RedriveAllowPolicy => RedriveAllowPolicyText.Read(value, out var allow)
            ?? Change(Patch with { RedriveAllow = new Change<RedriveAllowPolicy>(allow) }),
        AttributeName.Policy => value.Length > 0 && PolicyScopes.Check(value, PolicyScopes.Queue) is { } problem
            ? SqsErrors.InvalidAttributeValue(name, problem)
            : Keep(name, value),
        AttributeName.KmsMasterKeyId => IsKeyId(value) ? Keep(name, value) : SqsErrors.InvalidAttributeValue(name),
        AttributeName.KmsReusePeriod => Integer(name, value, 60, 86_400, out var seconds)
            ?? Keep(name, seconds.ToString(CultureInfo.InvariantCulture)),
        AttributeName.SqsManagedSse => Boolean(name, value, out var isOn) ?? Keep(name, isOn ? "true" : "false"),
        AttributeName.FifoQueue => FifoQueue(value),
        _ when FlowAttributes.Names.Contains(name) => SetFlow(name, value),
        _ => queue.HasFifoSuffix ? SetFifo(name, value) : SqsErrors.InvalidAttributeName(name),
    };

    private AwsError? SetFlow(string name, string value)
    {
        var patch = FlowAttributes.Read(Patch.Flow ?? new FlowPatch(), name, value, out var error);
        return error ?? Change(Patch with { Flow = patch });
    }

    private AwsError? SetFifo(string name, string value) => name switch
    {
        AttributeName.ContentBasedDeduplication => Boolean(name, value, out var isOn)
            ?? Change(Patch with { ContentBasedDeduplication = isOn }),
        AttributeName.DeduplicationScope => value switch
        {
            "queue" => Change(Patch with { DeduplicationScope = DeduplicationScope.Queue }),
            "messageGroup" => Change(Patch with { DeduplicationScope = DeduplicationScope.MessageGroup }),
            _ => SqsErrors.InvalidAttributeValue(name),
        },
        AttributeName.FifoThroughputLimit => value switch
        {
            "perQueue" => Change(Patch with { ThroughputLimit = ThroughputLimit.PerQueue }),
            "perMessageGroupId" => Change(Patch with { ThroughputLimit = ThroughputLimit.PerMessageGroup }),
            _ => SqsErrors.InvalidAttributeValue(name),
        },
        _ => SqsErrors.InvalidAttributeName(name),
    };

    // SQS does not know this attribute of a standard queue, not even as false.
    private AwsError? FifoQueue(string value)
    {
        var isTrue = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (queue.HasFifoSuffix)
        {
            return isTrue ? null : SqsErrors.InvalidAttributeValue(
                AttributeName.FifoQueue, "Modifying queue type is not supported.");
        }

        return isCreate && isTrue ? QueueNameText.InvalidFifo : SqsErrors.InvalidAttributeName(AttributeName.FifoQueue);
    }

    private AwsError? Change(QueueConfigPatch patch)
    {
        Patch = patch;
        return null;
    }

    private AwsError? Keep(string name, string value) =>
        Change(Patch with { Opaque = Patch.Opaque.SetItem(name, value.Length == 0 ? null : value) });

    private static bool IsKeyId(string value) =>
        value.Length <= KmsKeyIdLengthMax && !value.AsSpan().ContainsAnyInRange('\0', ' ');

    private static AwsError? Integer(string name, string value, int min, int max, out int number)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign;
        return int.TryParse(value, Style, CultureInfo.InvariantCulture, out number) && number >= min && number <= max
            ? null
            : SqsErrors.InvalidAttributeValue(name);
    }

    private static AwsError? Boolean(string name, string value, out bool isOn) =>
        bool.TryParse(value, out isOn) ? null : SqsErrors.InvalidAttributeValue(name);
}
