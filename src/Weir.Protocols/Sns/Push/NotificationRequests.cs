using System.Net.Http.Headers;
using System.Text;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;
using Weir.Broker.Telemetry;
using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Sns.Push;

/// <summary>Makes the requests in which an HTTP endpoint gets its notifications.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/http-header.html
internal sealed class NotificationRequests(NotificationSigner signer, string baseUrl)
{
    private const string Agent = "Amazon Simple Notification Service Agent";

    public async ValueTask<PushRequest> RenderAsync(
        ReceivedMessage message, TopicName topic, SubscriptionConfig subscription, string contentType)
    {
        if (await WriteAsync(message.Content, subscription) is not { } body)
            return PushRequest.Unrenderable("It cannot be signed now.");
        var endpoint = new Uri(subscription.Endpoint!);
        var content = new ReadOnlyMemoryContent(body.Bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(endpoint)
        {
            UserName = "", Password = "",
        }.Uri)
        {
            Content = content,
        };
        if (endpoint.UserInfo.Length > 0)
        {
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(endpoint.UserInfo));
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(credentials));
        }

        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.Add("x-amz-sns-message-type", body.Type);
        request.Headers.Add("x-amz-sns-message-id", message.Content.Notification!.MessageId.ToString());
        request.Headers.Add("x-amz-sns-topic-arn", TopicArn.Write(topic));
        if (body.Type == NotificationEnvelope.Type)
            request.Headers.Add("x-amz-sns-subscription-arn", TopicArn.Write(topic, subscription.Id));
        if (body.IsRaw) request.Headers.Add("x-amz-sns-rawdelivery", "true");
        if (message.Content.TraceHeader is { } trace && TraceHeader.IsHeaderValue(trace))
            request.Headers.TryAddWithoutValidation(TraceHeader.Amazon, trace);
        return PushRequest.Of(request);
    }

    /// <summary>What the dead-letter queue gets; null when there is none, or nothing that anybody published.</summary>
    public async ValueTask<DeadLetterContent?> DeadLetterAsync(
        ReceivedMessage message, SubscriptionConfig subscription)
    {
        if (subscription.DeadLetterQueue is not { } queue || Confirmation.TokenOf(message.Content) is not null)
            return null;
        var content = message.Content;
        if (!subscription.IsRaw || content.Attributes.Count > SubscriptionConfig.RawAttributesMax)
        {
            var body = await WriteAsync(content, subscription with { IsRaw = false });
            if (body is { } envelope)
                content = new MessageContent { Body = envelope.Bytes, SenderId = content.SenderId };
        }

        return new DeadLetterContent(queue, content)
        {
            GroupId = message.Lease.GroupId,
            DeduplicationId = queue.HasFifoSuffix ? message.Lease.MessageId.ToString() : null,
        };
    }

    private async ValueTask<Body?> WriteAsync(MessageContent content, SubscriptionConfig subscription)
    {
        var token = Confirmation.TokenOf(content);
        if (subscription.IsRaw && token is null) return new Body(NotificationEnvelope.Type, content.Body, IsRaw: true);
        var key = await signer.GetKeyAsync();
        if (!key.IsOk) return null;
        var envelope = new NotificationEnvelope(signer, key.Value, baseUrl);
        return token is null
            ? new Body(NotificationEnvelope.Type, envelope.Write(content, subscription.Id), IsRaw: false)
            : new Body(NotificationEnvelope.ConfirmationType, envelope.WriteConfirmation(content, token), IsRaw: false);
    }

    private readonly record struct Body(string Type, ReadOnlyMemory<byte> Bytes, bool IsRaw);
}
