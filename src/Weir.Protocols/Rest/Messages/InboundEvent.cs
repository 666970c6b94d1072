using System.Buffers;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using Weir.Broker.Buses;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Rest.Messages;

/// <summary>Makes a bus's event of what a request brought: a CloudEvent, or a detail with its source in headers.
/// </summary>
internal static class InboundEvent
{
    /// <summary>As large as Amazon EventBridge takes one.</summary>
    private const int BytesMax = 1 << 20;

    private const string SourceHeader = RestOperation.HeaderPrefix + "Source";
    private const string DetailTypeHeader = RestOperation.HeaderPrefix + "Detail-Type";

    /// <summary>The headers of an event that is no CloudEvent, without the prefix.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["Source", "Detail-Type"];

    public static (IReadOnlyList<BusEvent> Events, Problem? Problem) Read(RestCall call, BusName bus)
    {
        var mediaType = (call.ContentType ?? "").Split(';')[0].Trim();
        var isStructured = CloudEventReader.IsStructured(mediaType);
        if (isStructured || CloudEventReader.IsBinary(call))
        {
            foreach (var header in (string[])[SourceHeader, DetailTypeHeader])
            {
                if (call.Context.Request.Headers.ContainsKey(header))
                    return ([], Problems.InvalidHeader(header, "is not for a CloudEvent, which tells that itself."));
            }

            if (isStructured) return ReadStructured(call, bus, mediaType);
            var (cloudEvent, invalid) = CloudEventReader.ReadBinary(call);
            return cloudEvent is null ? ([], invalid) : One(Make(call, bus, cloudEvent, call.Body));
        }

        if (call.Header(SourceHeader) is not { } source) return ([], Missing(SourceHeader));
        return call.Header(DetailTypeHeader) is { } type
            ? One(Make(call, bus, new Facts(source, type, null, call.Broker.Time.GetUtcNow(), default), call.Body))
            : ([], Missing(DetailTypeHeader));
    }

    private static (IReadOnlyList<BusEvent>, Problem?) ReadStructured(RestCall call, BusName bus, string mediaType)
    {
        var (events, invalid) = CloudEventReader.ReadStructured(call, mediaType);
        if (invalid is not null) return ([], invalid);
        var made = new List<BusEvent>(events.Count);
        foreach (var (cloudEvent, json) in events)
        {
            var (busEvent, problem) = Make(call, bus, cloudEvent, DataOf(json));
            if (busEvent is null) return ([], problem);
            made.Add(busEvent);
        }

        return (made, null);
    }

    private static (IReadOnlyList<BusEvent>, Problem?) One((BusEvent? Event, Problem? Problem) made) =>
        made.Event is null ? ([], made.Problem) : ([made.Event], null);

    /// <summary>The data as it stands in the event; binary data as what it encodes; empty when there is none.</summary>
    private static ReadOnlyMemory<byte> DataOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("data", out var data)) return Encoding.UTF8.GetBytes(data.GetRawText());
        return document.RootElement.TryGetProperty("data_base64", out var encoded)
            ? encoded.GetBytesFromBase64()
            : default;
    }

    private static (BusEvent?, Problem?) Make(
        RestCall call, BusName bus, CloudEvent cloudEvent, ReadOnlyMemory<byte> data) => Make(
        call, bus,
        new Facts(
            cloudEvent.Source!.OriginalString, cloudEvent.Type!, cloudEvent.Subject,
            cloudEvent.Time ?? call.Broker.Time.GetUtcNow(), WriteAttributes(cloudEvent)),
        data);

    private static (BusEvent?, Problem?) Make(RestCall call, BusName bus, Facts facts, ReadOnlyMemory<byte> detail)
    {
        if (!EventEnvelope.CanHold(detail.Span) || !MessageText.IsAllowed(detail.Span))
            return (null, Problems.Invalid("invalid-detail", "The detail of an event on a bus is a JSON object."));
        if (facts.Source.StartsWith("aws.", StringComparison.Ordinal))
            return (null, Problems.Invalid("invalid-source", "Sources that begin with aws. are Amazon's own."));
        var id = call.Broker.Ids.NewId();
        var json = new EventEnvelope
        {
            Id = id,
            Source = facts.Source,
            DetailType = facts.DetailType,
            Account = call.Identity.Account,
            Region = call.Identity.Region,
            Time = facts.Time,
            Resources = facts.Subject is null ? [] : [facts.Subject],
            CloudEvent = facts.Attributes,
        }.Write(detail.Span);
        if (json.Length > BytesMax)
            return (null, Problems.TooLong($"The event takes {json.Length} bytes, where {BytesMax} are allowed."));
        return (new BusEvent
        {
            Id = id,
            Bus = bus,
            Json = json,
            TakenInAt = call.Broker.Time.GetUtcNow(),
            SenderId = call.Identity.Account,
        }, null);
    }

    /// <summary>What of the event has no other place: its id, version, content type, schema and extensions.</summary>
    private static ReadOnlyMemory<byte> WriteAttributes(CloudEvent cloudEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("specversion", cloudEvent.SpecVersion.VersionId);
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            if (attribute.Name is not ("source" or "type" or "subject" or "time"))
                json.WriteString(attribute.Name, attribute.Format(value));
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static Problem Missing(string header) => Problems.InvalidHeader(
        header, "is missing: an event that is no CloudEvent tells its source and detail type in headers.");

    private sealed record Facts(
        string Source, string DetailType, string? Subject, DateTimeOffset Time, ReadOnlyMemory<byte> Attributes);
}
