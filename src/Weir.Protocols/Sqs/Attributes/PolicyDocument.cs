using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>
/// The Policy attribute as AddPermission and RemovePermission edit it: one statement per label, which is its Sid.
/// </summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
internal static class PolicyDocument
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
    private const int BytesMax = 8192;
    private const int StatementsMax = 20;

    private const string StatementName = "Statement";
    private const string SidName = "Sid";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Empty removes a policy; else it must be an object with a statement or several.</summary>
    public static bool IsValid(string text) =>
        text.Length == 0 || (Encoding.UTF8.GetByteCount(text) <= BytesMax
            && JsonText.ParseObject(text)?[StatementName] is JsonArray or JsonObject);

    /// <summary>Whether a statement may still be added.</summary>
    public static bool IsFull(string? policy) =>
        policy is not null && Statements(JsonText.ParseObject(policy)).Count >= StatementsMax;

    public static bool Has(string? policy, string label) =>
        policy is not null && Find(Statements(JsonText.ParseObject(policy)), label) is not null;

    public static string Add(
        string? policy, QueueName queue, string label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        var arn = QueueArn.Write(queue);
        var document = (policy is null ? null : JsonText.ParseObject(policy)) ?? new JsonObject
        {
            ["Version"] = "2008-10-17",
            ["Id"] = $"{arn}/SQSDefaultPolicy",
        };
        var statements = Statements(document);
        statements.Add(new JsonObject
        {
            [SidName] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts, account => $"arn:aws:iam::{account}:root") },
            ["Action"] = OneOrMany(actions, action => $"SQS:{action}"),
            ["Resource"] = arn,
        });
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    /// <summary>The policy without that label's statement; null when none is left.</summary>
    public static string? Remove(string policy, string label)
    {
        var document = JsonText.ParseObject(policy)!;
        var statements = Statements(document);
        if (Find(statements, label) is { } found) _ = statements.Remove(found);
        if (statements.Count == 0) return null;
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    // A policy may have a single statement without the list around it.
    private static JsonArray Statements(JsonObject? document)
    {
        var found = document?[StatementName];
        if (document is not null && found is not null) _ = document.Remove(StatementName);
        return found as JsonArray ?? (found is null ? [] : [found]);
    }

    private static JsonNode? Find(JsonArray statements, string label)
    {
        foreach (var statement in statements)
        {
            if (statement is JsonObject fields && JsonText.String(fields[SidName]) == label) return statement;
        }

        return null;
    }

    private static JsonNode OneOrMany(IReadOnlyList<string> texts, Func<string, string> form)
    {
        if (texts.Count == 1) return JsonValue.Create(form(texts[0]));
        var many = new JsonArray();
        foreach (var text in texts) many.Add(JsonValue.Create(form(text)));
        return many;
    }
}
