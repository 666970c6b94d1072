using System.Text.Json;

namespace Weir.Broker.Access;

/// <summary>Reads one statement of a policy.</summary>
internal static class StatementReader
{
    private const int ArnParts = 6;

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    };

    /// <summary>Null with the reason noted in the reader.</summary>
    /// <param name="number">What it is called when it has no Sid.</param>
    public static Statement? Read(PolicyReader reader, JsonElement statement, string number)
    {
        if (statement.ValueKind != JsonValueKind.Object)
        {
            reader.Refuse("it is no JSON object.");
            return null;
        }

        foreach (var member in statement.EnumerateObject())
        {
            if (!Members.Contains(member.Name)) reader.Refuse($"it has an unknown member {member.Name}.");
        }

        var sid = Text(statement, "Sid");
        if (statement.TryGetProperty("Sid", out _) && sid is null) reader.Refuse("Sid is no text.");
        var effect = Text(statement, "Effect");
        if (effect is not ("Allow" or "Deny")) reader.Refuse("Effect must be Allow or Deny.");
        var principals = ReadPrincipals(reader, statement);
        var actions = ReadActions(reader, statement);
        var resources = ReadResources(reader, statement);
        var conditions = statement.TryGetProperty("Condition", out var condition)
            ? ConditionReader.Read(reader, condition)
            : [];
        return reader.IsWrong ? null : new Statement
        {
            Name = string.IsNullOrEmpty(sid) ? number : sid,
            IsDeny = effect == "Deny",
            Principals = principals,
            Actions = actions!,
            Resources = resources!,
            Conditions = conditions,
        };
    }

    private static string? Text(JsonElement statement, string name) =>
        statement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static PrincipalSet? ReadPrincipals(PolicyReader reader, JsonElement statement)
    {
        var (value, isAllBut) = Either(reader, statement, "Principal", isRequired: reader.Scope.IsOfResource);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (reader.Scope.IsOfResource) return PrincipalReader.Read(reader, value, isAllBut);
        reader.Refuse("a key's policy has no Principal: it is for whoever has the key.");
        return null;
    }

    private static TextSet? ReadActions(PolicyReader reader, JsonElement statement)
    {
        var (value, isAllBut) = Either(reader, statement, "Action", isRequired: true);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        var actions = reader.Texts(value, isAllBut ? "NotAction" : "Action");
        foreach (var action in actions)
        {
            if (action == "*") continue;
            var colon = action.IndexOf(':', StringComparison.Ordinal);
            var service = colon < 0 ? "" : action[..colon];
            if (colon < 0) reader.Refuse($"the action {action} is not of the form service:Name.");
            else if (!reader.Scope.Services.Contains(service, StringComparer.OrdinalIgnoreCase))
                reader.Refuse($"the action {action} is of a service that this policy cannot be about.");
            else if (reader.Scope.Actions?.Any(known => Wildcard.Matches(action, known, true)) == false)
                reader.Refuse($"there is no action {action}.");
        }

        return new TextSet(actions, isAllBut, IgnoresCase: true);
    }

    private static TextSet? ReadResources(PolicyReader reader, JsonElement statement)
    {
        var (value, isAllBut) = Either(reader, statement, "Resource", isRequired: true);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        var resources = reader.Texts(value, isAllBut ? "NotResource" : "Resource");
        foreach (var resource in resources)
        {
            if (resource != "*" && !IsArn(resource))
            {
                reader.Refuse($"the resource {resource} is neither * nor an ARN, which has six parts, "
                    + "arn:aws:service:region:account:name, or ends in a * that stands for the rest.");
            }
        }

        return new TextSet(resources, isAllBut, IgnoresCase: false);
    }

    /// <summary>The member of that name or its negation; not both.</summary>
    private static (JsonElement Value, bool IsAllBut) Either(
        PolicyReader reader, JsonElement statement, string name, bool isRequired)
    {
        var has = statement.TryGetProperty(name, out var value);
        var hasNot = statement.TryGetProperty("Not" + name, out var not);
        if (has && hasNot) reader.Refuse($"it has both {name} and Not{name}.");
        if (!has && !hasNot && isRequired) reader.Refuse($"it has no {name}.");
        return hasNot ? (not, true) : (value, false);
    }

    /// <summary>One that lacks parts or is of another partition would never match, and nobody would be told.</summary>
    private static bool IsArn(string text)
    {
        var parts = text.Split(':', ArnParts);
        return parts.Length > 1 && parts[0] == "arn" && Wildcard.Matches(parts[1], "aws")
            && (parts.Length == ArnParts || text.EndsWith('*'));
    }
}
