using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Weir.Protocols.Sns.Push;

/// <summary>What holds for the deliveries to an endpoint: what its subscription says, else its topic, else SNS itself.
/// </summary>
/// <param name="RatePerSecond">Null: as fast as the endpoint answers.</param>
internal sealed record EffectiveDeliveryPolicy(RetryNumbers Retry, double? RatePerSecond, string ContentType)
{
    private const string PlainText = "text/plain; charset=UTF-8";

    /// <param name="topic">As the topic keeps it; null: it has none.</param>
    /// <param name="subscription">As the subscription keeps it; null: it has none.</param>
    public static EffectiveDeliveryPolicy Of(string? topic, string? subscription)
    {
        var shared = TopicOf(topic);
        var own = shared.DisablesOverrides || subscription is null
            ? DeliveryPolicyText.Empty
            : DeliveryPolicyText.Parse(subscription).Policy!;
        return new EffectiveDeliveryPolicy(
            own.Retry ?? shared.Defaults.Retry ?? RetryNumbers.Default,
            own.RatePerSecond ?? shared.Defaults.RatePerSecond,
            own.ContentType ?? shared.Defaults.ContentType ?? PlainText);
    }

    /// <summary>As GetTopicAttributes answers it.</summary>
    public static string WriteTopic(string? topic) => Write(json =>
    {
        var policy = Of(topic, null);
        json.WriteStartObject(TopicDeliveryPolicyText.Http);
        policy.Retry.Write(json, "defaultHealthyRetryPolicy");
        json.WriteBoolean("disableSubscriptionOverrides", TopicOf(topic).DisablesOverrides);
        if (policy.RatePerSecond is not null) policy.WriteRate(json, "defaultThrottlePolicy");
        policy.WriteType(json, "defaultRequestPolicy");
        json.WriteEndObject();
    });

    /// <summary>As GetSubscriptionAttributes answers it.</summary>
    public string Write() => Write(json =>
    {
        Retry.Write(json, "healthyRetryPolicy");
        json.WriteNull("sicklyRetryPolicy");
        WriteRate(json, "throttlePolicy");
        WriteType(json, "requestPolicy");
        json.WriteBoolean("guaranteed", false);
    });

    private static TopicDeliveryPolicyText TopicOf(string? topic) => TopicDeliveryPolicyText.Parse(topic ?? "").Policy!;

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void WriteRate(Utf8JsonWriter json, string member)
    {
        if (RatePerSecond is not { } rate)
        {
            json.WriteNull(member);
            return;
        }

        json.WriteStartObject(member);
        json.WriteNumber("maxReceivesPerSecond", rate);
        json.WriteEndObject();
    }

    private void WriteType(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        json.WriteString("headerContentType", ContentType);
        json.WriteEndObject();
    }
}
