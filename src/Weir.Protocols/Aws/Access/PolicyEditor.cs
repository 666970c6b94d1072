using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Protocols.Aws.Access;

/// <summary>
/// A policy's document as the operations edit it that add a statement and remove it: each statement under a Sid. What
/// stands in it beside stays as it was written.
/// </summary>
internal static class PolicyEditor
{
    private const string StatementName = "Statement";
    private const string SidName = "Sid";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Count(string? policy) => policy is null ? 0 : Take(JsonText.ParseObject(policy)).Count;

    public static bool Has(string? policy, string sid) =>
        policy is not null && Find(Take(JsonText.ParseObject(policy)), sid) is not null;

    /// <summary>A statement that allows accounts some actions.</summary>
    /// <param name="actions">With their service.</param>
    /// <param name="isBareOne">One account or action stands without a list around it.</param>
    public static JsonObject Grant(
        string sid, IEnumerable<string> accounts, IEnumerable<string> actions, string resource, bool isBareOne) => new()
    {
        [SidName] = sid,
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject
        {
            ["AWS"] = Many(accounts.Select(account => $"arn:aws:iam::{account}:root"), isBareOne),
        },
        ["Action"] = Many(actions, isBareOne),
        ["Resource"] = resource,
    };

    /// <summary>The policy with a statement, in the place of one of the same Sid.</summary>
    /// <param name="start">What a policy begins with that is not there yet.</param>
    public static string Set(string? policy, JsonObject start, JsonObject statement)
    {
        var document = (policy is null ? null : JsonText.ParseObject(policy)) ?? start;
        var statements = Take(document);
        if (Find(statements, JsonText.String(statement[SidName])!) is { } present) _ = statements.Remove(present);
        statements.Add(statement);
        document[StatementName] = statements;
        return document.ToJsonString(Plain);
    }

    /// <summary>The policy without that statement; null when it has none of that Sid.</summary>
    public static (string Policy, int Left)? Remove(string? policy, string sid)
    {
        if (policy is null || JsonText.ParseObject(policy) is not { } document) return null;
        var statements = Take(document);
        if (Find(statements, sid) is not { } found) return null;
        _ = statements.Remove(found);
        document[StatementName] = statements;
        return (document.ToJsonString(Plain), statements.Count);
    }

    public static string Write(JsonObject document) => document.ToJsonString(Plain);

    // A policy may have a single statement without the list around it.
    private static JsonArray Take(JsonObject? document)
    {
        var found = document?[StatementName];
        if (found is not null) _ = document!.Remove(StatementName);
        return found as JsonArray ?? (found is null ? [] : [found]);
    }

    private static JsonNode? Find(JsonArray statements, string sid) => statements.FirstOrDefault(
        statement => statement is JsonObject fields && JsonText.String(fields[SidName]) == sid);

    private static JsonNode Many(IEnumerable<string> texts, bool isBareOne)
    {
        JsonNode[] nodes = [.. texts.Select(text => JsonValue.Create(text))];
        return isBareOne && nodes.Length == 1 ? nodes[0] : new JsonArray(nodes);
    }
}
