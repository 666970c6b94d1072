using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Adds a statement to the queue's policy, under a label.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
internal sealed class AddPermissionOperation : AwsOperation
{
    /// <summary>Actions in one statement.</summary>
    private const int ActionsMax = 7;

    private static readonly FrozenSet<string> Grantable = new[]
    {
        "*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl",
        "ListDeadLetterSourceQueues", "PurgeQueue", "ReceiveMessage", "SendMessage",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override string Name => "AddPermission";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var label = call.Input.Required(SqsMembers.Label).Text();
        var accounts = Texts(call.Input.Required(SqsMembers.AccountIds));
        var actions = Texts(call.Input.Required(SqsMembers.Actions));
        if (call.Fault is not null || label is null) return call.Fault;
        if (Check(label, accounts, actions) is { } wrong) return wrong;
        var arn = QueueArn.Write(queue);
        return await ConfigEdit.ApplyAsync(call, queue, config =>
        {
            var policy = config.Opaque.GetValueOrDefault(AttributeName.Policy);
            if (PolicyEditor.Has(policy, label))
                return (null, AwsErrors.InvalidParameter(SqsMembers.Label.Name, label, "Already exists."));
            if (PolicyEditor.Count(policy) >= PolicyScopes.Queue.StatementsMax)
                return (null, SqsErrors.OverLimit("The queue's policy has as many statements as it may."));
            var grown = PolicyEditor.Set(
                policy, new JsonObject { ["Version"] = "2008-10-17", ["Id"] = $"{arn}/SQSDefaultPolicy" },
                PolicyEditor.Grant(label, accounts, actions.Select(action => $"SQS:{action}"), arn, isBareOne: true));
            if (Encoding.UTF8.GetByteCount(grown) > PolicyScopes.Queue.BytesMax)
                return (null, SqsErrors.OverLimit("The queue's policy would be longer than it may be."));
            return PolicyScopes.Check(grown, PolicyScopes.Queue) is { } problem
                ? (null, SqsErrors.InvalidAttributeValue(AttributeName.Policy, problem))
                : (ConfigEdit.SetPolicy(grown), null);
        });
    }

    private static List<string> Texts(InputValue list)
    {
        var texts = new List<string>();
        foreach (var item in list.Items())
        {
            if (item.Text() is { } text) texts.Add(text);
        }

        return texts;
    }

    private static AwsError? Check(string label, List<string> accounts, List<string> actions)
    {
        if (!QueueNameText.IsValidLabel(label))
        {
            return AwsErrors.InvalidParameter(SqsMembers.Label.Name, label,
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
        }

        if (accounts.Count == 0) return AwsErrors.MissingParameter(SqsMembers.AccountIds.Name);
        if (accounts.Find(account => !AccessKey.IsAccount(account)) is { } notAccount)
            return AwsErrors.InvalidParameter("PrincipalId", notAccount, "Unable to verify.");
        if (actions.Count == 0) return AwsErrors.MissingParameter(SqsMembers.Actions.Name);
        if (actions.Count > ActionsMax)
            return SqsErrors.OverLimit($"{actions.Count} Actions were found, maximum allowed is {ActionsMax}.");
        return actions.Find(action => !Grantable.Contains(action)) is { } unknown
            ? AwsErrors.InvalidParameter(SqsMembers.Actions.ElementName, $"SQS:{unknown}",
                "Only the queue owner is allowed to invoke this action.")
            : null;
    }
}
