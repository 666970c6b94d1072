using System.Text.Json;
using Weir.Engine;

namespace Weir.Protocols.Rest.Messages;

/// <summary>Writes what answers tell of a move.</summary>
internal static class MoveAnswer
{
    public static void Write(Utf8JsonWriter json, MoveTaskDescription move)
    {
        json.WriteString("id", move.TaskId);
        json.WriteString("state", $"{move.Status}".ToLowerInvariant());
        json.WriteNumber("moved", move.Moved);
        json.WriteNumber("of", move.ToMove);
        json.WriteString("started", DateTimeOffset.FromUnixTimeMilliseconds(move.StartedUnixMs));
        if (move.Destination is { } destination) json.WriteString("to", destination.Name);
        if (move.RatePerSecond is { } rate) json.WriteNumber("rate", rate);
        if (move.FailureReason is { } reason) json.WriteString("failure", reason);
        if (move.Filter is not { } filter) return;
        json.WritePropertyName("where");
        json.WriteRawValue(filter);
    }
}
