using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Answers the URL of a queue by its name.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
internal sealed class GetQueueUrlOperation : AwsOperation
{
    public override string Name => "GetQueueUrl";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var name = call.Input.Required(SqsMembers.QueueName).Text();
        var owner = call.Input[SqsMembers.QueueOwnerAccountId].Text();
        if (call.Fault is not null || name is null) return call.Fault;
        var account = string.IsNullOrEmpty(owner) ? call.Identity.Account : owner;
        var queue = new QueueName(account, call.Identity.Region, name);
        if (account != call.Identity.Account && call.GrantedArn != QueueArn.Write(queue))
            return AwsErrors.AccessDenied($"{name} of account {owner}");
        if (!QueueNameText.IsValid(name)) return SqsErrors.QueueDoesNotExist(call.Dialect);
        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        call.Answer.Text(SqsMembers.QueueUrl, QueueUrl.Write(call, queue));
        return null;
    }
}
