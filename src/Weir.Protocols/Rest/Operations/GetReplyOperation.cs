using System.Text;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Gives the reply to a message as it was sent.</summary>
internal sealed class GetReplyOperation : RestOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/replies/{name}";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!Guid.TryParseExact(call.Name, "D", out var message)) return Problems.NoSuchMessage;
        var found = await call.Backend.Replies.FindAsync(call.Identity.Account, message, withContent: true);
        if (!found.IsOk) return Problems.From(found.Fault);
        if (found.Value.Reply is not { } reply) return Problems.NoReplyYet;
        var type = reply.Attributes.FirstOrDefault(attribute => attribute.Name == InboundMessage.ContentTypeName);

        // It is shown as a file, never as a page: somebody else wrote it.
        call.Context.Response.Headers.XContentTypeOptions = "nosniff";
        call.Context.Response.Headers.ContentDisposition = "attachment";
        await RestAnswer.WriteAsync(
            call.Context, 200, type.Name is null ? null : Encoding.UTF8.GetString(type.Value.Span), reply.Body);
        return null;
    }
}
