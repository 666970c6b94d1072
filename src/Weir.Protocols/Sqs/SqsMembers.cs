using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs;

/// <summary>The members of SQS requests and answers, under their JSON and their Query names.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
internal static class SqsMembers
{
    // Queues
    public static readonly Member QueueUrl = new("QueueUrl");
    public static readonly Member QueueName = new("QueueName");
    public static readonly Member QueueNamePrefix = new("QueueNamePrefix");
    public static readonly Member QueueOwnerAccountId = new("QueueOwnerAWSAccountId");
    public static readonly Member QueueUrls = new("QueueUrls", "QueueUrl");
    public static readonly Member SourceQueueUrls = new("queueUrls", "QueueUrl");
    public static readonly Member Attributes = new("Attributes", "Attribute");
    public static readonly Member AttributeNames = new("AttributeNames", "AttributeName");
    public static readonly Member CreateTags = new("tags", "Tag", "Key", "Value");
    public static readonly Member Tags = new("Tags", "Tag", "Key", "Value");
    public static readonly Member TagKeys = new("TagKeys", "TagKey");
    public static readonly Member NextToken = new("NextToken");
    public static readonly Member MaxResults = new("MaxResults");
    public static readonly Member Label = new("Label");
    public static readonly Member AccountIds = new("AWSAccountIds", "AWSAccountId");
    public static readonly Member Actions = new("Actions", "ActionName");

    // Messages
    public static readonly Member MessageBody = new("MessageBody");
    public static readonly Member DelaySeconds = new("DelaySeconds");
    public static readonly Member MessageAttributes = new("MessageAttributes", "MessageAttribute");
    public static readonly Member MessageSystemAttributes = new("MessageSystemAttributes", "MessageSystemAttribute");
    public static readonly Member MessageDeduplicationId = new("MessageDeduplicationId");
    public static readonly Member MessageGroupId = new("MessageGroupId");
    public static readonly Member StringValue = new("StringValue");
    public static readonly Member BinaryValue = new("BinaryValue");
    public static readonly Member DataType = new("DataType");
    public static readonly Member Messages = new("Messages", "Message");
    public static readonly Member MessageId = new("MessageId");
    public static readonly Member Body = new("Body");
    public static readonly Member ReceiptHandle = new("ReceiptHandle");
    public static readonly Member SequenceNumber = new("SequenceNumber");
    public static readonly Member Md5OfBody = new("MD5OfBody");
    public static readonly Member Md5OfMessageBody = new("MD5OfMessageBody");
    public static readonly Member Md5OfMessageAttributes = new("MD5OfMessageAttributes");
    public static readonly Member Md5OfMessageSystemAttributes = new("MD5OfMessageSystemAttributes");
    public static readonly Member MessageSystemAttributeNames =
        new("MessageSystemAttributeNames", "MessageSystemAttributeName");
    public static readonly Member MessageAttributeNames = new("MessageAttributeNames", "MessageAttributeName");
    public static readonly Member MaxNumberOfMessages = new("MaxNumberOfMessages");
    public static readonly Member VisibilityTimeout = new("VisibilityTimeout");
    public static readonly Member WaitTimeSeconds = new("WaitTimeSeconds");
    public static readonly Member ReceiveRequestAttemptId = new("ReceiveRequestAttemptId");

    // Batches
    public static readonly Member SendEntries = new("Entries", "SendMessageBatchRequestEntry");
    public static readonly Member DeleteEntries = new("Entries", "DeleteMessageBatchRequestEntry");
    public static readonly Member VisibilityEntries = new("Entries", "ChangeMessageVisibilityBatchRequestEntry");
    public static readonly Member SendSuccessful = new("Successful", "SendMessageBatchResultEntry");
    public static readonly Member DeleteSuccessful = new("Successful", "DeleteMessageBatchResultEntry");
    public static readonly Member VisibilitySuccessful =
        new("Successful", "ChangeMessageVisibilityBatchResultEntry");
    public static readonly Member Failed = new("Failed", "BatchResultErrorEntry");
    public static readonly Member Id = new("Id");
    public static readonly Member SenderFault = new("SenderFault");
    public static readonly Member Code = new("Code");
    public static readonly Member Message = new("Message");

    // Move tasks
    public static readonly Member SourceArn = new("SourceArn");
    public static readonly Member DestinationArn = new("DestinationArn");
    public static readonly Member MessagesPerSecondMax = new("MaxNumberOfMessagesPerSecond");
    public static readonly Member TaskHandle = new("TaskHandle");
    public static readonly Member Results = new("Results", "ListMessageMoveTasksResultEntry");
    public static readonly Member Status = new("Status");
    public static readonly Member Moved = new("ApproximateNumberOfMessagesMoved");
    public static readonly Member ToMove = new("ApproximateNumberOfMessagesToMove");
    public static readonly Member FailureReason = new("FailureReason");
    public static readonly Member StartedTimestamp = new("StartedTimestamp");
}
