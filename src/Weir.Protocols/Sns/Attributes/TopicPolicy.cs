using System.Text.Json.Nodes;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>What a topic has for a policy until somebody sets another: its owner may do everything.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
internal static class TopicPolicy
{
    private static readonly string[] OwnerActions =
    [
        "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "Subscribe",
        "ListSubscriptionsByTopic", "Publish",
    ];

    public static string Default(TopicName topic) => PolicyEditor.Write(new JsonObject
    {
        ["Version"] = "2008-10-17",
        ["Id"] = "__default_policy_ID",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "__default_statement_ID",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = new JsonArray([.. OwnerActions.Select(action => JsonValue.Create($"SNS:{action}"))]),
            ["Resource"] = TopicArn.Write(topic),
            ["Condition"] = new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = topic.Account },
            },
        }),
    });
}
