using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Notifications;
using Weir.Protocols.Sqs.Messages;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Leases up to ten messages, waiting for the first if asked to.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
internal sealed class ReceiveMessageOperation : AwsOperation
{
    private const int MessagesMax = 10;
    private const int WaitSecondsMax = 20;

    public override string Name => "ReceiveMessage";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var input = call.Input;
        var max = input[SqsMembers.MaxNumberOfMessages].Integer() ?? 1;
        var visibility = input[SqsMembers.VisibilityTimeout].Integer();
        var wait = input[SqsMembers.WaitTimeSeconds].Integer();
        var attemptId = input[SqsMembers.ReceiveRequestAttemptId].Text();
        var filter = AttributeFilter.Read(input[SqsMembers.MessageAttributeNames].Items());
        var wrongName = SystemAttributesText.Read(input, out var system);
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var wrong = CheckRanges(max, wait) ?? Visibility.Check(visibility) ?? FifoId.CheckAttempt(attemptId, queue);
        if ((wrong ?? wrongName) is { } error) return error;

        var outcome = await call.Broker.ReceiveAsync(
            new ReceiveCommand(queue, max, Seconds(visibility), attemptId), Seconds(wait), call.ClientGone);
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        var messages = outcome.Value;
        if (messages.Count > 0)
        {
            call.OnUnsent(() => call.Broker.ReturnToQueue(queue, messages));
            call.ClientGone.ThrowIfCancellationRequested();
        }

        NotificationEnvelope? envelope = null;
        if (messages.Any(ReceivedMessageWriter.IsEnveloped))
        {
            var key = await call.Backend.Signer.GetKeyAsync();
            if (!key.IsOk)
            {
                call.ReportUnsent();
                return SqsErrors.From(key.Fault, call.Dialect);
            }

            envelope = new NotificationEnvelope(call.Backend.Signer, key.Value, call.BaseUrl);
        }

        new ReceivedMessageWriter(call.Answer, system, filter, queue.HasFifoSuffix, envelope).Write(messages);
        return null;
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static AwsError? CheckRanges(int max, int? wait)
    {
        if (max is < 1 or > MessagesMax)
        {
            return AwsErrors.InvalidParameter(
                SqsMembers.MaxNumberOfMessages.Name, max, $"Must be between 1 and {MessagesMax}, if provided.");
        }

        return wait is < 0 or > WaitSecondsMax
            ? AwsErrors.InvalidParameter(
                SqsMembers.WaitTimeSeconds.Name, wait, $"Must be >= 0 and <= {WaitSecondsMax}, if provided.")
            : null;
    }
}
