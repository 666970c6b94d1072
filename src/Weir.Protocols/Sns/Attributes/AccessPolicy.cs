using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Attributes;

/// <summary>The Policy attribute of a topic, and how AddPermission and RemovePermission edit it.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
internal static class AccessPolicy
{
    private const int BytesMax = 30_720;
    private const string StatementName = "Statement";
    private const string SidName = "Sid";

    private static readonly string[] OwnerActions =
    [
        "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic", "Subscribe",
        "ListSubscriptionsByTopic", "Publish",
    ];

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Empty removes a policy; else it must be an object with statements.</summary>
    public static bool IsValid(string text) =>
        text.Length == 0 || (Encoding.UTF8.GetByteCount(text) <= BytesMax
            && JsonText.ParseObject(text)?[StatementName] is JsonArray or JsonObject);

    /// <summary>What a topic has until somebody sets another: its owner may do everything.</summary>
    public static string Default(TopicName topic)
    {
        var statement = new JsonObject
        {
            [SidName] = "__default_statement_ID",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = new JsonArray([.. OwnerActions.Select(action => JsonValue.Create($"SNS:{action}"))]),
            ["Resource"] = TopicArn.Write(topic),
            ["Condition"] = new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = topic.Account },
            },
        };
        return new JsonObject
        {
            ["Version"] = "2008-10-17", ["Id"] = "__default_policy_ID", [StatementName] = new JsonArray(statement),
        }.ToJsonString(Plain);
    }

    /// <summary>The policy with one more statement, or null when its label is taken.</summary>
    public static string? Add(
        string policy, TopicName topic, string label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        var document = JsonText.ParseObject(policy)!;
        var statements = Take(document);
        if (Find(statements, label) is not null) return null;
        statements.Add(new JsonObject
        {
            [SidName] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = Many(accounts, account => $"arn:aws:iam::{account}:root") },
            ["Action"] = Many(actions, action => $"SNS:{action}"),
            ["Resource"] = TopicArn.Write(topic),
        });
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    /// <summary>The policy without that label's statement; null when it has none.</summary>
    public static string? Remove(string policy, string label)
    {
        var document = JsonText.ParseObject(policy)!;
        var statements = Take(document);
        if (Find(statements, label) is not { } found) return null;
        _ = statements.Remove(found);
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    // A policy may have a single statement without the list around it.
    private static JsonArray Take(JsonObject document)
    {
        var found = document[StatementName];
        _ = document.Remove(StatementName);
        return found as JsonArray ?? (found is null ? [] : [found]);
    }

    private static JsonNode? Find(JsonArray statements, string label) => statements.FirstOrDefault(
        statement => statement is JsonObject fields && JsonText.String(fields[SidName]) == label);

    private static JsonArray Many(IReadOnlyList<string> texts, Func<string, string> form) =>
        new([.. texts.Select(text => JsonValue.Create(form(text)))]);
}
