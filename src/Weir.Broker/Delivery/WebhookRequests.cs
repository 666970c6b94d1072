using System.Net.Http.Headers;
using Weir.Broker.Messages;

namespace Weir.Broker.Delivery;

/// <summary>
/// Renders messages as Weir's own webhooks: a POST of the body as it is stored, signed as a Standard Webhook.
/// </summary>
public sealed class WebhookRequests(Uri endpoint, StandardWebhooks signer, TimeProvider time)
{
    /// <summary>The message attribute that says what the body is.</summary>
    public const string ContentTypeAttribute = "content-type";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Fits <see cref="PushRoute.Render"/>.</summary>
    public ValueTask<PushRequest> RenderAsync(ReceivedMessage message, CancellationToken cancel)
    {
        if (ContentTypeOf(message.Content) is not { } contentType)
        {
            return ValueTask.FromResult(PushRequest.Unrenderable(
                $"The message's attribute {ContentTypeAttribute} is not a media type."));
        }

        var body = message.Content.Body;
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = contentType;
        signer.Sign(request, message.Lease.MessageId.ToString(), time.GetUtcNow(), body.Span);
        return ValueTask.FromResult(PushRequest.Of(request));
    }

    private static MediaTypeHeaderValue? ContentTypeOf(MessageContent content)
    {
        foreach (var attribute in content.Attributes)
        {
            if (!attribute.Name.Equals(ContentTypeAttribute, StringComparison.OrdinalIgnoreCase)) continue;
            var text = System.Text.Encoding.UTF8.GetString(attribute.Value.Span);
            return MediaTypeHeaderValue.TryParse(text, out var contentType) ? contentType : null;
        }

        return Json;
    }
}
