using System.Text;
using Weir.Broker.Buses;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.EventBridge;

/// <summary>Why an entry of PutEvents is not taken.</summary>
internal sealed record EntryError(string Code, string Message);

/// <summary>Reads an entry of PutEvents and makes the event of it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
internal static class EventEntry
{
    /// <summary>Of source, detail type, detail, resources and time together.</summary>
    private const int BytesMax = 1 << 20;

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
    private const int TimeBytes = 14;
    private const int TraceHeaderLengthMax = 500;

    /// <summary>The event, or why there is none, or neither with the fault noted in the call.</summary>
    public static (BusEvent? Event, EntryError? Error) Read(AwsCall call, InputValue input)
    {
        var now = call.Broker.Time.GetUtcNow();
        var (source, type) = (input[EventMembers.Source].Text(), input[EventMembers.DetailType].Text());
        var detail = input[EventMembers.Detail].Utf8();
        var seconds = input[EventMembers.Time].Number();
        var trace = EventInput.Optional(call, input, EventMembers.TraceHeader, TraceHeaderLengthMax);
        var busText = input[EventMembers.EventBusName].Text();
        var resources = ReadResources(input);
        if (call.Fault is not null) return default;
        if (string.IsNullOrEmpty(source)) return (null, Missing("Source"));
        if (string.IsNullOrEmpty(type)) return (null, Missing("DetailType"));
        if (detail is not { IsEmpty: false } json) return (null, Missing("Detail"));
        if (source.StartsWith("aws.", StringComparison.Ordinal))
            return (null, new EntryError("NotAuthorizedForSource", "Not authorized for the source."));
        if (CheckAccess(call, busText, source, type) is { } denied) return (null, denied);
        var (bus, wrongBus) = EventInput.FindBus(call, busText);
        if (bus is null) return (null, new EntryError(wrongBus!.Shape, wrongBus.Message));
        if (ReadTime(seconds, now) is not { } time) return (null, Invalid("Time", "it is out of range"));
        if (!IsAllowed([source, type, .. resources])) return (null, Invalid("Entry", "it has forbidden characters"));
        if (!EventDetail.IsValid(json.Span)) return (null, new EntryError("MalformedDetail", "Detail is malformed."));
        var bytes = Encoding.UTF8.GetByteCount(source) + Encoding.UTF8.GetByteCount(type) + json.Length
            + resources.Sum(Encoding.UTF8.GetByteCount) + (seconds is null ? 0 : TimeBytes);
        if (bytes > BytesMax)
            return (null, Invalid("Entry", $"it takes {bytes} bytes, where {BytesMax} are allowed"));
        var id = call.Broker.Ids.NewId();
        return (new BusEvent
        {
            Id = id,
            Bus = bus,
            Json = new EventEnvelope
            {
                Id = id,
                Source = source,
                DetailType = type,
                Account = call.Identity.Account,
                Region = call.Identity.Region,
                Time = time,
                Resources = resources,
            }.Write(json.Span),
            TakenInAt = now,
            SenderId = call.Identity.Account,
            TraceHeader = trace ?? RequestTrace.HeaderOf(call.Request),
        }, null);
    }

    private static EntryError? CheckAccess(AwsCall call, string? busText, string source, string type)
    {
        var own = new BusName(call.Identity.Account, call.Identity.Region, busText ?? BusName.Default);
        var bus = (busText is null ? null : EventArn.ParseBus(busText)) ?? own;
        return EventResources.CheckPut(call, bus, source, type) is { } reason
            ? new EntryError("AccessDeniedException", reason)
            : null;
    }

    private static List<string> ReadResources(InputValue input)
    {
        var resources = new List<string>();
        foreach (var item in input[EventMembers.Resources].Items())
        {
            if (item.Text() is { } resource) resources.Add(resource);
        }

        return resources;
    }

    /// <summary>Seconds since 1970, perhaps with a fraction; null when there is no such time.</summary>
    private static DateTimeOffset? ReadTime(double? seconds, DateTimeOffset now)
    {
        if (seconds is not { } value) return now;
        var isTime = value >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
            && value <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return isTime ? DateTimeOffset.FromUnixTimeSeconds((long)value) : null;
    }

    private static bool IsAllowed(IEnumerable<string> texts) =>
        texts.All(text => MessageText.IsAllowed(Encoding.UTF8.GetBytes(text)));

    private static EntryError Missing(string name) => Invalid(name, $"{name} is a required argument");

    private static EntryError Invalid(string name, string reason) =>
        new("InvalidArgument", $"Parameter {name} is not valid. Reason: {reason}.");
}
