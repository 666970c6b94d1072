using Microsoft.Net.Http.Headers;
using Weir.Broker.Messages;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Takes the reply to a message from whoever received it.</summary>
internal sealed class PostReplyOperation : RestOperation
{
    public override string Method => "POST";

    public override string Path => "/_weir/replies/{name}";

    public override bool AddsMessages => true;

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!Guid.TryParseExact(call.Name, "D", out var message)) return Problems.NoSuchMessage;
        if (call.Body.Length > Engine.QueueConfig.MessageBytesMaxDefault)
        {
            return Problems.TooLong(
                $"A reply has at most {Engine.QueueConfig.MessageBytesMaxDefault} bytes with its content type.");
        }

        if (call.ContentType is { } said && !IsMediaType(said))
            return Problems.InvalidHeader("Content-Type", "is no media type in ASCII, such as text/plain.");
        var type = call.ContentType is { } given
            ? new MessageAttribute[] { new(InboundMessage.ContentTypeName, "String", Utf8(given)) }
            : [];
        var reply = new MessageContent { Body = call.Body, Attributes = type, SenderId = call.Identity.Account };
        var outcome = await call.Backend.Replies.PutAsync(call.Identity.Account, message, reply);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        RestAnswer.WriteNothing(call.Context);
        return null;
    }

    /// <summary>Whoever asks for the reply gets it as a header again.</summary>
    private static bool IsMediaType(string text) =>
        text.All(one => one is >= ' ' and <= '~') && MediaTypeHeaderValue.TryParse(text, out _);

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
