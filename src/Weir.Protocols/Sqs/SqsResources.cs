using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Sqs;

/// <summary>What a request of SQS acts on.</summary>
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
internal static class SqsResources
{
    /// <summary>What cannot be read is refused by the operation itself.</summary>
    public static AwsResource Of(AwsCall call, AwsOperation operation)
    {
        var queue = operation.Name switch
        {
            "ListQueues" => null,
            "CreateQueue" or "GetQueueUrl" => ByName(call),
            "ListMessageMoveTasks" or "StartMessageMoveTask" => ByArn(call.Input[SqsMembers.SourceArn].Text()),
            "CancelMessageMoveTask" => call.Input[SqsMembers.TaskHandle].Text() is { } handle
                ? MoveTaskHandle.Parse(handle)?.Source
                : null,
            _ => QueueUrl.Find(call),
        };
        return queue is null
            ? AwsResource.Own(call.Identity, "sqs")
            : AwsResource.Of(call.Broker.Definitions, queue);
    }

    private static QueueName? ByName(AwsCall call)
    {
        var owner = call.Input[SqsMembers.QueueOwnerAccountId].Text();
        var account = owner is not null && AccessKey.IsAccount(owner) ? owner : call.Identity.Account;
        return call.Input[SqsMembers.QueueName].Text() is { } name
            ? new QueueName(account, call.Identity.Region, name)
            : null;
    }

    private static QueueName? ByArn(string? arn) => arn is null ? null : QueueArn.Parse(arn);
}
