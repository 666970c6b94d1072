using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Messages;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Pipes;

/// <summary>The event that a message of a queue becomes in a pipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
[SuppressMessage("Security", "CA5351", Justification = "The protocol prescribes MD5, as a checksum.")]
internal static class PipeRecord
{
    private const int BytesMin = 1_024;
    private const int SequenceDigits = 20;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    /// <param name="envelope">Null: the message came from no topic, or raw.</param>
    public static ReadOnlyMemory<byte> Write(QueueName queue, ReceivedMessage message, NotificationEnvelope? envelope)
    {
        var body = envelope is null ? message.Content.Body : envelope.Write(message.Content, message.Lease.Via);
        var output = new ArrayBufferWriter<byte>(body.Length + BytesMin);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("messageId", message.Lease.MessageId);
        json.WriteString("receiptHandle", message.Lease.Receipt.ToString());
        json.WriteString("body", body.Span);
        json.WriteStartObject("attributes");
        WriteSystem(json, message);
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        foreach (var attribute in envelope is null ? message.Content.Attributes : []) Write(json, attribute);
        json.WriteEndObject();
        json.WriteString("md5OfBody", Convert.ToHexStringLower(MD5.HashData(body.Span)));
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", QueueArn.Write(queue));
        json.WriteString("awsRegion", queue.Region);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteSystem(Utf8JsonWriter json, ReceivedMessage message)
    {
        var lease = message.Lease;
        json.WriteString("ApproximateReceiveCount", Text(lease.ReceiveCount));
        json.WriteString("SentTimestamp", Text(lease.SentUnixMs));
        json.WriteString("SenderId", message.Content.SenderId);
        json.WriteString("ApproximateFirstReceiveTimestamp", Text(lease.FirstReceivedUnixMs));
        if (lease.DeduplicationId is { } deduplicationId)
        {
            json.WriteString("SequenceNumber", lease.Sequence.ToString($"D{SequenceDigits}", null));
            json.WriteString("MessageDeduplicationId", deduplicationId);
        }

        if (lease.GroupId is { } groupId) json.WriteString("MessageGroupId", groupId);
        if (message.Content.TraceHeader is { } trace) json.WriteString("AWSTraceHeader", trace);
        if (lease.DeadLetterSource is { } source)
            json.WriteString("DeadLetterQueueSourceArn", QueueArn.Write(source));
    }

    private static void Write(Utf8JsonWriter json, MessageAttribute attribute)
    {
        json.WriteStartObject(attribute.Name);
        if (AttributeType.IsBinary(attribute.DataType)) json.WriteBase64String("binaryValue", attribute.Value.Span);
        else json.WriteString("stringValue", attribute.Value.Span);
        json.WriteStartArray("stringListValues");
        json.WriteEndArray();
        json.WriteStartArray("binaryListValues");
        json.WriteEndArray();
        json.WriteString("dataType", attribute.DataType);
        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
