using System.Text.Json;

namespace Weir.Protocols.Rest.Topology;

/// <summary>Tells what a topology changes, or has changed. Secrets are not in it but for new ones, once.</summary>
internal static class TopologyAnswer
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<TopologyChange> changes)
    {
        json.WriteStartObject("counts");
        foreach (var what in Enum.GetValues<ChangeKind>())
            json.WriteNumber(Word(what), changes.Count(change => change.What == what));
        json.WriteEndObject();
        json.WriteStartArray("changes");
        foreach (var change in changes) Write(json, change);
        json.WriteEndArray();
    }

    /// <summary>Why not all is done, and how much is.</summary>
    /// <param name="failed">Null: nothing was begun.</param>
    public static string Detail(TopologyRoad road, TopologyChange? failed, IReadOnlyList<TopologyChange> changes) =>
        failed is null
            ? $"{road.Refusal} Nothing was changed."
            : $"The {failed.Item} (to {Word(failed.What)}) was refused: {road.Refusal} "
                + $"{changes.Count(change => change.IsDone)} of "
                + $"{changes.Count(change => change.What != ChangeKind.Same)} changes are done; "
                + "applying again goes on with the rest.";

    private static void Write(Utf8JsonWriter json, TopologyChange change)
    {
        json.WriteStartObject();
        json.WriteString("action", Word(change.What));
        json.WriteString("kind", change.Item.Kind.Name);
        json.WriteString("tenant", change.Item.Account);
        json.WriteString("name", change.Item.Path);
        json.WriteBoolean("done", change.IsDone);
        json.WriteStartArray("members");
        foreach (var member in change.Members)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            Write(json, "old", member.Old);
            Write(json, "new", member.New);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (var (name, value) in change.Outcome ?? []) json.WriteString(name, value!.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, System.Text.Json.Nodes.JsonNode? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static string Word(ChangeKind what) => what switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Delete => "delete",
        _ => "same",
    };
}
