using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using CloudNative.CloudEvents;
using Weir.Broker.Messages;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Rest.Messages;

/// <summary>A message as a request brought it, for a queue or topic.</summary>
/// <param name="EventId">What deduplicates it in a FIFO queue or topic unless its sender says otherwise; null: it is no
/// CloudEvent.</param>
internal sealed record InboundMessage(Guid Id, MessageContent Content, string? EventId)
{
    public const string ContentTypeName = "content-type";
    public const string EncodingName = "content-transfer-encoding";
    public const string ReplyName = "weir-reply-to";

    public const string AttributeHeader = RestOperation.HeaderPrefix + "Attribute-";
    /// <summary>Attributes that begin so are Weir's to set, whatever the case: HTTP changes that.</summary>
    private const string OwnPrefix = "weir-";

    private const string ReplyHeader = RestOperation.HeaderPrefix + "Reply";
    private const int AttributesMax = 10;

    /// <summary>Its readers' headers, without the prefix.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["Attribute-", "Reply"];

    /// <summary>What a request brings: one message, or as many as a batch has.</summary>
    public static (IReadOnlyList<InboundMessage> Messages, Problem? Problem) Read(RestCall call)
    {
        var mediaType = (call.ContentType ?? "").Split(';')[0].Trim();
        if (CloudEventReader.IsStructured(mediaType)) return ReadStructured(call, mediaType);
        CloudEvent? cloudEvent = null;
        if (CloudEventReader.IsBinary(call))
        {
            (cloudEvent, var invalid) = CloudEventReader.ReadBinary(call);
            if (invalid is not null) return ([], invalid);
        }

        var (message, problem) = Make(call, call.Body, call.ContentType, cloudEvent, isBinary: cloudEvent is not null);
        return message is null ? ([], problem) : ([message], null);
    }

    public static (bool WantsReply, Problem? Problem) ReadReply(RestCall call) => call.Header(ReplyHeader) switch
    {
        null or "false" => (false, null),
        "true" => (true, null),
        _ => (false, Problems.InvalidHeader(ReplyHeader, "is true or false.")),
    };

    /// <summary>
    /// Bodies of queues and topics are text. What is none is kept in base64, which an attribute tells.
    /// </summary>
    public static (ReadOnlyMemory<byte> Text, bool IsBase64) ToText(ReadOnlyMemory<byte> body) =>
        Utf8.IsValid(body.Span) && MessageText.IsAllowed(body.Span)
            ? (body, false)
            : (Encoding.ASCII.GetBytes(Convert.ToBase64String(body.Span)), true);

    private static (IReadOnlyList<InboundMessage>, Problem?) ReadStructured(RestCall call, string mediaType)
    {
        var (events, invalid) = CloudEventReader.ReadStructured(call, mediaType);
        if (invalid is not null) return ([], invalid);
        var messages = new List<InboundMessage>(events.Count);
        var type = CloudEventReader.IsBatch(mediaType) ? "application/cloudevents+json" : call.ContentType;
        foreach (var (cloudEvent, json) in events)
        {
            var (message, problem) = Make(call, json, type, cloudEvent, isBinary: false);
            if (message is null) return ([], problem);
            messages.Add(message);
        }

        return (messages, null);
    }

    private static (InboundMessage?, Problem?) Make(
        RestCall call, ReadOnlyMemory<byte> body, string? contentType, CloudEvent? cloudEvent, bool isBinary)
    {
        if (body.IsEmpty) return (null, Problems.EmptyBody);
        var (wantsReply, wrong) = ReadReply(call);
        if (wrong is not null) return (null, wrong);
        var id = call.Broker.Ids.NewId();
        var (text, isBase64) = ToText(body);
        var attributes = new List<MessageAttribute>();
        if (contentType is not null) attributes.Add(Text(ContentTypeName, contentType));
        if (isBase64) attributes.Add(Text(EncodingName, "base64"));
        if (isBinary)
        {
            foreach (var (name, value) in CloudEventReader.Attributes(call))
                attributes.Add(Text(CloudEventReader.HeaderPrefix + name, value));
        }

        foreach (var (header, value) in call.Context.Request.Headers)
        {
            if (!header.StartsWith(AttributeHeader, StringComparison.OrdinalIgnoreCase)) continue;
            var name = header[AttributeHeader.Length..];
            if (name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            {
                return (null, Problems.Invalid(
                    "invalid-attribute", $"The attribute {name} is not for senders: those that begin with {OwnPrefix} "
                    + "are Weir's own."));
            }

            attributes.Add(Text(name, value.ToString()));
        }

        if (wantsReply) attributes.Add(Text(ReplyName, call.ReplyUrl(id)));
        if (Check(attributes) is { } problem) return (null, problem);
        var content = new MessageContent
        {
            Body = text,
            Attributes = attributes,
            SenderId = call.Identity.Account,
            TraceHeader = RequestTrace.HeaderOf(call.Context.Request),
        };
        return (new InboundMessage(id, content, cloudEvent is null ? null : EventIdOf(cloudEvent)), null);
    }

    /// <summary>Source and id together name an event.</summary>
    private static string EventIdOf(CloudEvent cloudEvent) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cloudEvent.Source}\n{cloudEvent.Id}")));

    private static Problem? Check(List<MessageAttribute> attributes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _, value) in attributes)
        {
            if (AttributeNameText.Check(name) is { } error) return Problems.Invalid("invalid-attribute", error.Message);
            if (!names.Add(name))
                return Problems.Invalid("invalid-attribute", $"The message attribute {name} is there twice.");
            if (value.IsEmpty || !MessageText.IsAllowed(value.Span))
            {
                return Problems.Invalid(
                    "invalid-attribute", $"The message attribute {name} is empty or has forbidden characters.");
            }
        }

        return attributes.Count <= AttributesMax ? null : Problems.Invalid(
            "too-many-attributes",
            $"A message has at most {AttributesMax} attributes, and this one has {attributes.Count}: "
            + $"{string.Join(", ", attributes.Select(attribute => attribute.Name))}. An event with more of them goes "
            + "in structured mode.");
    }

    private static MessageAttribute Text(string name, string value) =>
        new(name, AttributeType.Text, Encoding.UTF8.GetBytes(value));
}
