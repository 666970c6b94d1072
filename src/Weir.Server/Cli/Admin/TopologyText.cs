using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Admin;

/// <summary>What a topology changes, to be read by people: + is made, ~ is changed, - is deleted.</summary>
internal static class TopologyText
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject answer, bool isDryRun)
    {
        var text = new StringBuilder();
        foreach (var change in answer["changes"]!.AsArray()) Write(text, change!);
        var counts = answer["counts"]!;
        var done = answer["changes"]!.AsArray().Count(change => change!["done"]!.GetValue<bool>());
        var dry = isDryRun ? "Dry run, nothing was changed" : $"{done} changes done";
        return text.Append($"{dry}: {counts["create"]} to create, {counts["update"]} to change, "
            + $"{counts["delete"]} to delete, {counts["same"]} as they should be.").ToString();
    }

    /// <summary>Takes secrets out of what is shown, and into a file.</summary>
    public static void MoveSecrets(JsonObject answer, TextWriter file)
    {
        foreach (var change in answer["changes"]!.AsArray())
        {
            if (change!["secret"] is not { } secret) continue;
            file.WriteLine($"{change["kind"]} {change["tenant"]} {change["id"] ?? change["name"]} {secret}");
            change.AsObject().Remove("secret");
        }
    }

    private static void Write(StringBuilder text, JsonNode change)
    {
        var sign = change["action"]!.ToString() switch
        {
            "create" => '+', "update" => '~', "delete" => '-', _ => ' ',
        };
        if (sign == ' ') return;
        text.AppendLine($"{sign} {change["kind"]} {change["name"]} ({change["tenant"]})");
        foreach (var member in change["members"]!.AsArray())
        {
            text.AppendLine(member!["old"] is { } old
                ? $"    {member["name"]}: {Shown(old)} -> {Shown(member["new"])}"
                : $"    {member["name"]}: {Shown(member["new"])}");
        }

        if (change["id"] is { } id) text.AppendLine($"    id: {id}");
        if (change["secret"] is { } secret) text.AppendLine($"    secret, shown this once: {secret}");
    }

    private static string Shown(JsonNode? node) => node switch
    {
        null => "(nothing)",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.ToString() is { Length: > 0 } text
            ? text
            : "(nothing)",
        _ => node.ToJsonString(Plain),
    };
}
