using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Buses;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>The policy of a bus, and how PutPermission and RemovePermission edit it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
internal static class BusPolicy
{
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    public const int LengthMax = 10_240;

    private const string StatementName = "Statement";
    private const string SidName = "Sid";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with statements.</summary>
    public static bool IsValid(string text) => JsonText.ParseObject(text)?[StatementName] is JsonArray or JsonObject;

    /// <summary>The policy with a statement, in the place of that of the same id.</summary>
    public static string Add(
        string? policy, BusName bus, string id, string action, string principal,
        (string Type, string Key, string Value)? condition)
    {
        var document = Parse(policy);
        var statements = Take(document);
        if (Find(statements, id) is { } present) _ = statements.Remove(present);
        var statement = new JsonObject
        {
            [SidName] = id,
            ["Effect"] = "Allow",
            ["Principal"] = principal == "*"
                ? principal
                : new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" },
            ["Action"] = action,
            ["Resource"] = EventArn.Write(bus),
        };
        if (condition is var (type, key, value))
            statement["Condition"] = new JsonObject { [type] = new JsonObject { [key] = value } };
        statements.Add(statement);
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    /// <summary>The policy without that statement, null in the policy's place when it was the last.</summary>
    public static (bool IsFound, string? Policy) Remove(string? policy, string id)
    {
        var document = Parse(policy);
        var statements = Take(document);
        if (Find(statements, id) is not { } found) return (false, policy);
        _ = statements.Remove(found);
        document[StatementName] = statements;
        return (true, statements.Count == 0 ? null : document.ToJsonString(Plain));
    }

    private static JsonObject Parse(string? policy) =>
        policy is null ? new JsonObject { ["Version"] = "2012-10-17" } : JsonText.ParseObject(policy)!;

    // A policy may have a single statement without the list around it.
    private static JsonArray Take(JsonObject document)
    {
        var found = document[StatementName];
        _ = document.Remove(StatementName);
        return found as JsonArray ?? (found is null ? [] : [found]);
    }

    private static JsonNode? Find(JsonArray statements, string id) => statements.FirstOrDefault(
        statement => statement is JsonObject fields && JsonText.String(fields[SidName]) == id);
}
