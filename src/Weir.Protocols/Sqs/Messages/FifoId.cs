using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>Message group ids, deduplication ids and receive attempt ids: 1 to 128 visible ASCII characters.</summary>
internal static class FifoId
{
    private const int LengthMax = 128;

    // A standard queue takes group ids too: they are the tenants of fair queues.
    public static AwsError? CheckGroup(string? id, QueueName queue)
    {
        if (queue.HasFifoSuffix && string.IsNullOrEmpty(id))
            return AwsErrors.MissingParameter(SqsMembers.MessageGroupId.Name);
        return Check(SqsMembers.MessageGroupId.Name, id);
    }

    public static AwsError? CheckDeduplication(string? id, QueueName queue) =>
        CheckFifoOnly(SqsMembers.MessageDeduplicationId.Name, id, queue);

    public static AwsError? CheckAttempt(string? id, QueueName queue) =>
        CheckFifoOnly(SqsMembers.ReceiveRequestAttemptId.Name, id, queue);

    private static AwsError? CheckFifoOnly(string parameter, string? id, QueueName queue) =>
        id is not null && !queue.HasFifoSuffix
            ? SqsErrors.InvalidForQueueType(parameter, id)
            : Check(parameter, id);

    private static AwsError? Check(string parameter, string? id) =>
        id is null || (id.Length is > 0 and <= LengthMax && !id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? null
            : AwsErrors.InvalidParameter(
                parameter, id, $"{parameter} can only include alphanumeric and punctuation characters. "
                + $"1 to {LengthMax} in length.");
}
