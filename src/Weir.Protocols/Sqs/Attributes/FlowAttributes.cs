using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>
/// Weir's own attributes of a queue: how much it takes, how long, and how fast it gives it. They stand beside those of
/// SQS and are answered only when they say something, so that no SDK sees what it does not know.
/// </summary>
internal static class FlowAttributes
{
    public const string MaxMessages = "WeirMaxMessages";
    public const string MaxBytes = "WeirMaxBytes";
    public const string Overflow = "WeirOverflow";
    public const string MessageTtl = "WeirMessageTtl";
    public const string Expired = "WeirExpired";
    public const string DeliveryRate = "WeirDeliveryRate";
    public const string DeliveryConcurrency = "WeirDeliveryConcurrency";
    public const string DeliveryPaused = "WeirDeliveryPaused";
    public const string BackPressure = "WeirBackPressure";

    private const long MessagesMax = 1_000_000_000;
    private const long BytesMin = 1024;
    private const long BytesMax = 1L << 40;
    private const long TtlSecondsMax = 1_209_600;
    private const long RateMax = 100_000;
    private const long ConcurrencyMax = 120_000;

    public static IReadOnlyList<string> Names { get; } =
    [
        MaxMessages, MaxBytes, Overflow, MessageTtl, Expired, DeliveryRate, DeliveryConcurrency, DeliveryPaused,
        BackPressure,
    ];

    /// <summary>Reads one attribute; an empty text takes a limit away.</summary>
    /// <returns>Null with an error when the value is none, and null without one when the name is none of these.
    /// </returns>
    public static FlowPatch? Read(FlowPatch patch, string name, string value, out AwsError? error)
    {
        error = null;
        var (min, max) = RangeOf(name);
        var number = 0L;
        var isNumber = max > 0 && (value.Length == 0
            || (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number >= min && number <= max));
        var changed = name switch
        {
            MaxMessages when isNumber => patch with { MessagesMax = number },
            MaxBytes when isNumber => patch with { BytesMax = number },
            MessageTtl when isNumber => patch with { MessageTtl = TimeSpan.FromSeconds(number) },
            DeliveryRate when isNumber => patch with { DeliveryRate = (int)number },
            DeliveryConcurrency when isNumber => patch with { DeliveryConcurrency = (int)number },
            Overflow when ReadOverflow(value) is { } overflow => patch with { Overflow = overflow },
            Expired when ReadExpired(value) is { } expired => patch with { Expired = expired },
            DeliveryPaused when bool.TryParse(value.Length == 0 ? "false" : value, out var isPaused) =>
                patch with { IsDeliveryPaused = isPaused },
            _ => null,
        };
        if (changed is null && Names.Contains(name)) error = SqsErrors.InvalidAttributeValue(name, RuleOf(name));
        return changed;
    }

    /// <summary>Writes what differs from a queue without flow control; what is asked for by name, always.</summary>
    /// <param name="write">Takes a name, a value, and whether it says more than the default.</param>
    public static void Write(QueueDescription queue, Action<string, string, bool> write)
    {
        var flow = queue.Config.Flow;
        Limit(MaxMessages, flow.MessagesMax);
        Limit(MaxBytes, flow.BytesMax);
        write(Overflow, flow.Overflow.ToString(), flow.Overflow != OverflowPolicy.Reject);
        Limit(MessageTtl, (long?)flow.MessageTtl?.TotalSeconds);
        write(Expired, flow.Expired.ToString(), flow.Expired != ExpiryPolicy.Drop);
        Limit(DeliveryRate, flow.DeliveryRate);
        Limit(DeliveryConcurrency, flow.DeliveryConcurrency);
        write(DeliveryPaused, flow.IsDeliveryPaused ? "true" : "false", flow.IsDeliveryPaused);
        write(BackPressure, BackPressureOf(queue.Flow), flow != FlowConfig.None);

        void Limit(string name, long? value)
        {
            if (value is { } most) write(name, most.ToString(CultureInfo.InvariantCulture), true);
        }
    }

    private static string BackPressureOf(FlowStatus flow)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteHold(json, "Sending", flow.Sending);
            WriteHold(json, "Delivery", flow.Delivery);
            json.WriteNumber("Bytes", flow.Bytes);
            json.WriteNumber("Refused", flow.Refused);
            json.WriteNumber("OverflowDropped", flow.Counters.OverflowDropped);
            json.WriteNumber("OverflowDeadLettered", flow.Counters.OverflowDeadLettered);
            json.WriteNumber("ExpiredDropped", flow.Counters.ExpiredDropped);
            json.WriteNumber("ExpiredDeadLettered", flow.Counters.ExpiredDeadLettered);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteHold(Utf8JsonWriter json, string name, FlowHold? hold)
    {
        if (hold is not { } held) return;
        json.WriteStartObject(name);
        json.WriteString("Limit", $"Weir{held.Limit}");
        json.WriteNumber("Max", held.Max);
        json.WriteNumber("Value", held.Value);
        if (held.SinceUnixMs is { } since)
            json.WriteString("Since", DateTimeOffset.FromUnixTimeMilliseconds(since).ToString("O"));
        json.WriteEndObject();
    }

    private static (long Min, long Max) RangeOf(string name) => name switch
    {
        MaxMessages => (1, MessagesMax),
        MaxBytes => (BytesMin, BytesMax),
        MessageTtl => (1, TtlSecondsMax),
        DeliveryRate => (1, RateMax),
        DeliveryConcurrency => (1, ConcurrencyMax),
        _ => (0, 0),
    };

    private static string RuleOf(string name) => name switch
    {
        Overflow => "It is Reject, DropOldest or DeadLetterOldest.",
        Expired => "It is Drop or DeadLetter.",
        DeliveryPaused => "It is true or false.",
        BackPressure => "It is only answered.",
        _ => $"It is a whole number from {RangeOf(name).Min} to {RangeOf(name).Max}, or empty for no limit.",
    };

    private static OverflowPolicy? ReadOverflow(string value) => value switch
    {
        "" or nameof(OverflowPolicy.Reject) => OverflowPolicy.Reject,
        nameof(OverflowPolicy.DropOldest) => OverflowPolicy.DropOldest,
        nameof(OverflowPolicy.DeadLetterOldest) => OverflowPolicy.DeadLetterOldest,
        _ => null,
    };

    private static ExpiryPolicy? ReadExpired(string value) => value switch
    {
        "" or nameof(ExpiryPolicy.Drop) => ExpiryPolicy.Drop,
        nameof(ExpiryPolicy.DeadLetter) => ExpiryPolicy.DeadLetter,
        _ => null,
    };
}
