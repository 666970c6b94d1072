using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Messages;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Sends one message.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
internal sealed class SendMessageOperation : AwsOperation
{
    public override string Name => "SendMessage";

    public override bool AddsMessages => true;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        if (OutgoingMessage.Read(call, call.Input, queue, out var error) is not { } message) return call.Fault ?? error;
        var outcome = await call.Broker.ExecuteAsync(new SendCommand(queue, [message.Entry]));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        var sent = outcome.Value[0];
        if (!sent.IsOk) return SqsErrors.From(sent.Fault, call.Dialect);
        message.Write(call.Answer, sent.Value, queue);
        return null;
    }
}
