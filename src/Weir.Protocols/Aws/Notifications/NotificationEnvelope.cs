using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>Writes the JSON envelope in which a subscriber gets a message unless it asked for raw delivery.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
//   signed text: name and value of each of these, each followed by a line feed: Message, MessageId, Subject (if there
//   is one), Timestamp, TopicArn, Type
internal sealed class NotificationEnvelope(NotificationSigner signer, SigningKey key, string baseUrl)
{
    public const string Type = "Notification";
    public const string ConfirmationType = "SubscriptionConfirmation";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="subscription">Through which the message came.</param>
    public ReadOnlyMemory<byte> Write(MessageContent content, Guid subscription)
    {
        var notification = content.Notification!;
        var topic = new TopicName(notification.TopicAccount, notification.TopicRegion, notification.TopicName);
        var (arn, message) = (TopicArn.Write(topic), Encoding.UTF8.GetString(content.Body.Span));
        var timestamp = Timestamp(notification);
        var signature = signer.Sign(
            key, notification.MessageId, notification.SignatureVersion,
            SignedText(notification, arn, message, timestamp));

        var output = new ArrayBufferWriter<byte>(content.Body.Length + 1024);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("Type", Type);
        json.WriteString("MessageId", notification.MessageId);
        if (notification.Sequence is { } sequence and > 0)
            json.WriteString("SequenceNumber", SequenceText.Write(sequence));
        json.WriteString("TopicArn", arn);
        if (notification.Subject is { } subject) json.WriteString("Subject", subject);
        json.WriteString("Message", message);
        json.WriteString("Timestamp", timestamp);
        json.WriteString("SignatureVersion", notification.SignatureVersion.ToString(CultureInfo.InvariantCulture));
        json.WriteString("Signature", signature);
        json.WriteString("SigningCertURL", baseUrl + key.Path);
        json.WriteString("UnsubscribeURL", signer.Links.Write(baseUrl, TopicArn.Write(topic, subscription)));
        if (notification.IsReplayed) json.WriteBoolean("Replayed", true);
        WriteAttributes(json, content.Attributes);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    /// <summary>The request to confirm a subscription.</summary>
    public ReadOnlyMemory<byte> WriteConfirmation(MessageContent content, string token)
    {
        var notification = content.Notification!;
        var arn = TopicArn.Write(
            new TopicName(notification.TopicAccount, notification.TopicRegion, notification.TopicName));
        var (message, timestamp) = (Encoding.UTF8.GetString(content.Body.Span), Timestamp(notification));
        var url = $"{baseUrl}/?Action=ConfirmSubscription&TopicArn={arn}&Token={token}";
        var text = $"Message\n{message}\nMessageId\n{notification.MessageId}\nSubscribeURL\n{url}\n"
            + $"Timestamp\n{timestamp}\nToken\n{token}\nTopicArn\n{arn}\nType\n{ConfirmationType}\n";
        var output = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("Type", ConfirmationType);
        json.WriteString("MessageId", notification.MessageId);
        json.WriteString("Token", token);
        json.WriteString("TopicArn", arn);
        json.WriteString("Message", message);
        json.WriteString("SubscribeURL", url);
        json.WriteString("Timestamp", timestamp);
        json.WriteString("SignatureVersion", notification.SignatureVersion.ToString(CultureInfo.InvariantCulture));
        json.WriteString("Signature",
            signer.Sign(key, notification.MessageId, notification.SignatureVersion, text));
        json.WriteString("SigningCertURL", baseUrl + key.Path);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static string Timestamp(Notification notification) =>
        DateTimeOffset.FromUnixTimeMilliseconds(notification.PublishedUnixMs)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string SignedText(Notification notification, string arn, string message, string timestamp)
    {
        var text = new StringBuilder();
        text.Append("Message\n").Append(message).Append('\n');
        text.Append("MessageId\n").Append(notification.MessageId).Append('\n');
        if (notification.Subject is { } subject) text.Append("Subject\n").Append(subject).Append('\n');
        text.Append("Timestamp\n").Append(timestamp).Append('\n');
        text.Append("TopicArn\n").Append(arn).Append('\n');
        return text.Append("Type\n").Append(Type).Append('\n').ToString();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<MessageAttribute> attributes)
    {
        if (attributes.Count == 0) return;
        json.WriteStartObject("MessageAttributes");
        foreach (var attribute in attributes)
        {
            json.WriteStartObject(attribute.Name);
            json.WriteString("Type", attribute.DataType);
            if (AttributeType.IsBinary(attribute.DataType)) json.WriteBase64String("Value", attribute.Value.Span);
            else json.WriteString("Value", attribute.Value.Span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
