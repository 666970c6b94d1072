using System.Collections.Frozen;
using Weir.Broker.Tenants;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Adds a statement to the policy of a topic, under a label.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html
internal sealed class AddPermissionOperation : AwsOperation
{
    public override string Name => "AddPermission";

    public override bool HasResult => false;

    private static readonly FrozenSet<string> Grantable = new[]
    {
        "*", "AddPermission", "DeleteTopic", "GetDataProtectionPolicy", "GetTopicAttributes",
        "ListSubscriptionsByTopic", "ListTagsForResource", "Publish", "PutDataProtectionPolicy", "RemovePermission",
        "SetTopicAttributes", "Subscribe",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.Label) is not { } label) return call.Fault;
        var accounts = Texts(call.Input[SnsMembers.AccountIds]);
        var actions = Texts(call.Input[SnsMembers.ActionNames]);
        if (call.Fault is not null) return call.Fault;
        if (Check(label, accounts, actions) is { } wrong) return wrong;
        AwsError? refusal = null;
        var outcome = await call.Backend.Topics.ConfigureAsync(topic, config =>
        {
            var policy = config.Opaque.GetValueOrDefault(TopicAttributes.Policy) ?? TopicPolicy.Default(topic);
            var grown = PolicyEditor.Set(policy, [], PolicyEditor.Grant(
                label, accounts, actions.Select(action => $"SNS:{action}"), TopicArn.Write(topic), isBareOne: false));
            refusal = PolicyEditor.Has(policy, label) ? SnsErrors.Invalid("Statement already exists")
                : PolicyScopes.Check(grown, PolicyScopes.Topic) is { } problem ? SnsErrors.Invalid("Policy", problem)
                : null;
            return refusal is null
                ? new Outcome<TopicConfig>(TopicAttributes.Keep(config, TopicAttributes.Policy, grown))
                : new Fault(FaultCode.InvalidValue, "");
        });
        return refusal ?? (outcome.IsOk ? null : SnsErrors.From(outcome.Fault));
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
            return SnsErrors.Invalid("Label", "1 to 80 letters, digits, hyphens and underscores");
        if (accounts.Count == 0) return SnsErrors.Missing(SnsMembers.AccountIds.Name);
        if (actions.Count == 0) return SnsErrors.Missing(SnsMembers.ActionNames.Name);
        if (accounts.Find(account => !AccessKey.IsAccount(account)) is { } notAccount)
            return SnsErrors.Invalid("Policy", $"{notAccount} is no account of 12 digits");
        return actions.Find(action => !Grantable.Contains(action)) is { } unknown
            ? SnsErrors.Invalid("Policy", $"statement action out of service scope: {unknown}")
            : null;
    }
}
