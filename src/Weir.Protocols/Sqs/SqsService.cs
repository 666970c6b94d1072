using System.Collections.Frozen;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Operations;

namespace Weir.Protocols.Sqs;

/// <summary>Amazon SQS: its names on the wire and its 23 operations.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
internal static class SqsService
{
    public static AwsService Instance { get; } = new()
    {
        Prefix = "sqs",
        Throttled = SqsErrors.Throttled,
        TargetPrefix = "AmazonSQS",
        QueryVersion = "2012-11-05",
        ShapeNamespace = "com.amazonaws.sqs",
        XmlNamespace = "http://queue.amazonaws.com/doc/2012-11-05/",
        ResourceOf = SqsResources.Of,
        Denied = SqsErrors.Denied,
        Operations = new AwsOperation[]
        {
            new AddPermissionOperation(),
            new CancelMessageMoveTaskOperation(),
            new ChangeMessageVisibilityOperation(),
            new ChangeMessageVisibilityBatchOperation(),
            new CreateQueueOperation(),
            new DeleteMessageOperation(),
            new DeleteMessageBatchOperation(),
            new DeleteQueueOperation(),
            new GetQueueAttributesOperation(),
            new GetQueueUrlOperation(),
            new ListDeadLetterSourceQueuesOperation(),
            new ListMessageMoveTasksOperation(),
            new ListQueuesOperation(),
            new ListQueueTagsOperation(),
            new PurgeQueueOperation(),
            new ReceiveMessageOperation(),
            new RemovePermissionOperation(),
            new SendMessageOperation(),
            new SendMessageBatchOperation(),
            new SetQueueAttributesOperation(),
            new StartMessageMoveTaskOperation(),
            new TagQueueOperation(),
            new UntagQueueOperation(),
        }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal),
    };
}
