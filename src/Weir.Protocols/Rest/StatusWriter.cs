using System.Text.Json;
using Weir.Engine;

namespace Weir.Protocols.Rest;

/// <summary>Writes how a message stands.</summary>
internal static class StatusWriter
{
    public static void Write(Utf8JsonWriter json, RestCall call, MessageStatus status)
    {
        var (token, standing) = (status.Token, status.Standing);
        var (state, reason) = StateOf(standing.Phase);
        json.WriteString("messageId", token.MessageId);
        if (standing.Queue is { IsInternal: false } queue) json.WriteString("queue", queue.Name);
        json.WriteString("state", state);
        if (reason is not null) json.WriteString("reason", reason);
        if (standing.Phase is MessagePhase.Waiting or MessagePhase.Received)
            json.WriteNumber("attempts", standing.ReceiveCount);
        if (standing.MovedTo is { } moved && standing.MovedToQueue is { } to)
        {
            json.WriteStartObject("movedTo");
            json.WriteString("queue", to.Name);
            json.WriteString("status", call.StatusUrl(new MessageToken(moved, token.MessageId)));
            json.WriteEndObject();
        }

        json.WriteString("status", call.StatusUrl(token));
        if (status.HasReply) json.WriteString("reply", call.ReplyUrl(token.MessageId));
        else if (status.ExpectsReply) json.WriteNull("reply");
    }

    private static (string State, string? Reason) StateOf(MessagePhase phase) => phase switch
    {
        MessagePhase.Waiting => ("accepted", null),
        MessagePhase.Received => ("delivered", null),
        MessagePhase.Deleted => ("completed", null),
        MessagePhase.DeadLettered => ("failed", "dead-lettered"),
        MessagePhase.Expired => ("failed", "expired"),
        MessagePhase.Overflowed => ("failed", "overflowed"),
        MessagePhase.Purged => ("failed", "purged"),
        MessagePhase.GivenUp => ("failed", "given-up"),
        MessagePhase.QueueDeleted => ("failed", "queue-deleted"),
        MessagePhase.Moved => ("moved", null),
        _ => ("ended", "unknown"),
    };
}
