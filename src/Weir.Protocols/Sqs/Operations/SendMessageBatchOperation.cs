using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Messages;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Sends up to ten messages, of 1 MiB together; each is accepted or refused for itself.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
internal sealed class SendMessageBatchOperation : AwsOperation
{
    private const int BytesMax = 1_048_576;

    public override string Name => "SendMessageBatch";

    public override bool AddsMessages => true;

    public override string Permission => "SendMessage";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        if (Batch.Read(call, SqsMembers.SendEntries) is not { } batch) return call.Fault;
        var messages = new OutgoingMessage?[batch.Entries.Length];
        if (ReadMessages(call, batch, queue, messages) is { } wrong) return wrong;

        var entries = new List<SendEntry>(messages.Length);
        foreach (var message in messages)
        {
            if (message is not null) entries.Add(message.Entry);
        }

        var results = Array.Empty<Outcome<SentMessage>>() as IReadOnlyList<Outcome<SentMessage>>;
        if (entries.Count > 0)
        {
            var outcome = await call.Broker.ExecuteAsync(new SendCommand(queue, entries));
            if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
            results = outcome.Value;
        }

        WriteSuccessful(call, batch, queue, messages, results);
        batch.WriteFailed(call.Answer);
        return null;
    }

    /// <summary>An error of the batch as a whole; what is wrong with one message is noted in the batch.</summary>
    private static AwsError? ReadMessages(AwsCall call, Batch batch, QueueName queue, OutgoingMessage?[] messages)
    {
        long bytes = 0;
        for (var i = 0; i < messages.Length; i++)
        {
            var input = batch.Entries[i];
            if (queue.HasFifoSuffix && string.IsNullOrEmpty(input[SqsMembers.MessageGroupId].Text()))
            {
                return call.Fault ?? AwsErrors.InvalidParameter(
                    AwsErrors.MissingParameter(SqsMembers.MessageGroupId.Name).Message);
            }

            messages[i] = OutgoingMessage.Read(call, input, queue, out var error);
            if (call.Fault is not null) return call.Fault;
            batch[i] = error;
            bytes += messages[i]?.Entry.ContentBytes ?? input[SqsMembers.MessageBody].Utf8()?.Length ?? 0;
        }

        return bytes > BytesMax ? SqsErrors.BatchTooLong(bytes, BytesMax) : null;
    }

    private static void WriteSuccessful(
        AwsCall call, Batch batch, QueueName queue, OutgoingMessage?[] messages,
        IReadOnlyList<Outcome<SentMessage>> results)
    {
        var next = 0;
        call.Answer.BeginList(SqsMembers.SendSuccessful);
        for (var i = 0; i < messages.Length; i++)
        {
            if (messages[i] is not { } message) continue;
            var result = results[next++];
            if (!result.IsOk)
            {
                batch[i] = SqsErrors.From(result.Fault, call.Dialect);
                continue;
            }

            call.Answer.BeginItem();
            call.Answer.Text(SqsMembers.Id, batch.Ids[i]);
            message.Write(call.Answer, result.Value, queue);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
    }
}
