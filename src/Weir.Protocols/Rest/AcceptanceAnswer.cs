using System.Text.Json;
using Weir.Broker.Requests;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest;

/// <summary>Answers what was taken in: at once with 202, or with its outcome if that comes while the caller waits.
/// </summary>
internal static class AcceptanceAnswer
{
    /// <param name="isQueue">A queue's message is the one in the queue, also when it was there already.</param>
    public static async ValueTask<Problem?> WriteAsync(
        RestCall call, Outcome<Acceptance> outcome, bool isQueue, bool wantsReply)
    {
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        var acceptance = outcome.Value;
        if (acceptance.IsReplay) call.Context.Response.Headers[KeyHeader.ReplayedName] = "true";
        if (isQueue) acceptance = acceptance with { Messages = [.. acceptance.Messages.Select(AsQueued)] };
        if (Single(acceptance) is { } token && Preferences.Wait(call) is { } seconds)
        {
            var status = await call.Backend.Statuses.WaitAsync(
                call.Identity.Account, token, seconds, call.Context.RequestAborted);
            Preferences.Applied(call, seconds);
            if (status.IsOk && status.Value.IsAnswered) return await WriteOutcomeAsync(call, status.Value);
        }

        if (Single(acceptance) is { } single) call.Context.Response.Headers.Location = call.StatusUrl(single);
        await RestAnswer.WriteAsync(call.Context, 202, json => Write(json, call, acceptance, wantsReply));
        return null;
    }

    private static async ValueTask<Problem?> WriteOutcomeAsync(RestCall call, MessageStatus status)
    {
        if (status.HasReply) call.Context.Response.Headers.Location = call.ReplyUrl(status.Token.MessageId);
        await RestAnswer.WriteAsync(
            call.Context, status.HasReply ? 303 : 200, json => StatusWriter.Write(json, call, status));
        return null;
    }

    private static AcceptedMessage AsQueued(AcceptedMessage message) =>
        message.Places.Count == 1 ? message with { MessageId = message.Places[0].MessageId } : message;

    /// <summary>The one delivery that there is; null when there are several, or none.</summary>
    private static MessageToken? Single(Acceptance acceptance) =>
        acceptance.Messages is [{ Count: 1, Places.Count: 1 } only]
            ? new MessageToken(only.Places[0].Place, only.MessageId)
            : null;

    private static void Write(Utf8JsonWriter json, RestCall call, Acceptance acceptance, bool wantsReply)
    {
        if (acceptance.Messages is [var only])
        {
            Write(json, call, only, wantsReply);
            return;
        }

        json.WriteStartArray("messages");
        foreach (var message in acceptance.Messages)
        {
            json.WriteStartObject();
            Write(json, call, message, wantsReply);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RestCall call, AcceptedMessage message, bool wantsReply)
    {
        json.WriteString("messageId", message.MessageId);
        if (message.IsDuplicate) json.WriteBoolean("duplicate", true);
        json.WriteNumber("count", message.Count);
        var urls = message.Places
            .Take(PlacesFormat.PlacesMax)
            .Select(placed => call.StatusUrl(new MessageToken(placed.Place, message.MessageId)))
            .ToArray();
        if (message.Count == 1 && urls.Length == 1) json.WriteString("status", urls[0]);
        json.WriteStartArray("deliveries");
        foreach (var url in urls) json.WriteStringValue(url);
        json.WriteEndArray();
        if (wantsReply) json.WriteString("reply", call.ReplyUrl(message.MessageId));
    }
}
