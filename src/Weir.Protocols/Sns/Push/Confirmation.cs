using System.Text;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Protocols.Sns.Push;

/// <summary>
/// The handshake by which an endpoint shows that it wants a topic's messages: it is sent a token, and whoever has it
/// may confirm. The request goes the way of all messages, through the subscription's queue.
/// </summary>
// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
internal static class Confirmation
{
    /// <summary>Marks a confirmation among notifications. No publisher can give an attribute of such a name.</summary>
    private const string TokenAttribute = "weir:token";

    /// <summary>The token of a message that asks for confirmation; null for any other.</summary>
    public static string? TokenOf(MessageContent content) =>
        content.Attributes is [{ Name: TokenAttribute } attribute]
            ? Encoding.UTF8.GetString(attribute.Value.Span)
            : null;

    /// <summary>256 bits that nobody guesses.</summary>
    public static string NewToken() =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    /// <summary>Queues the request for confirmation, durable like any message.</summary>
    public static async ValueTask<Fault?> SendAsync(
        Broker.Broker broker, TopicName topic, SubscriptionConfig subscription, int signatureVersion)
    {
        var text = $"You have chosen to subscribe to the topic {Aws.TopicArn.Write(topic)}.\n"
            + "To confirm the subscription, visit the SubscribeURL included in this message.";
        var id = broker.Ids.NewId();
        var content = new MessageContent
        {
            Body = Encoding.UTF8.GetBytes(text),
            Attributes = [new MessageAttribute(TokenAttribute, "String", Encoding.UTF8.GetBytes(subscription.Token!))],
            Notification = new Notification(
                topic.Account, topic.Region, topic.Name, id, null,
                broker.Time.GetUtcNow().ToUnixTimeMilliseconds(), signatureVersion),
        };
        var stored = content.Encode();
        var publication = new Publication
        {
            MessageId = id,
            Contents = [new PublishedContent(stored, stored.Length)],
            Deliveries =
            [
                new Engine.Delivery
                {
                    Queue = subscription.Queue, MessageId = broker.Ids.NewId(), Via = subscription.Id,
                    GroupId = TokenAttribute, DeduplicationId = id.ToString(),
                },
            ],
        };
        var outcome = await broker.ExecuteAsync(new PublishCommand([publication]));
        if (!outcome.IsOk) return outcome.Fault;
        return outcome.Value.Failures is [var failure, ..] ? failure.Reason : null;
    }
}
