using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Delivery;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Push;

/// <summary>The retries of a delivery policy, as it writes them. Delays are in seconds.</summary>
/// <param name="Retries">All of them; what the phases leave is between the delays.</param>
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
internal sealed record RetryNumbers(
    int MinDelay, int MaxDelay, int Retries, int NoDelay, int AtMinDelay, int AtMaxDelay, BackoffFunction Function)
{
    private const int RetriesMax = 100;
    private const int DelaySecondsMax = 3_600;

    /// <summary>Three retries, 20 seconds apart.</summary>
    public static RetryNumbers Default { get; } = new(20, 20, 3, 0, 0, 0, BackoffFunction.Linear);

    public RetryPolicy ToPolicy() => RetryPolicy.Sns(
        Retries, NoDelay, AtMinDelay, AtMaxDelay, TimeSpan.FromSeconds(MinDelay), TimeSpan.FromSeconds(MaxDelay),
        Function);

    /// <summary>The numbers, or what is wrong with them.</summary>
    /// <param name="member">What the policy is called, for what is told.</param>
    public static (RetryNumbers? Numbers, string? Problem) Parse(JsonObject policy, string member)
    {
        if (policy.FirstOrDefault(one => !IsKnown(one.Key)) is { Key: { } unknown })
            return (null, $"{member} has no {unknown}");
        var (min, max) = (Number(policy, "minDelayTarget", 20), Number(policy, "maxDelayTarget", 20));
        var (retries, immediate) = (Number(policy, "numRetries", 3), Number(policy, "numNoDelayRetries", 0));
        var (atMin, atMax) = (Number(policy, "numMinDelayRetries", 0), Number(policy, "numMaxDelayRetries", 0));
        if (!(min >= 1 && max <= DelaySecondsMax && min <= max))
            return (null, $"1 <= minDelayTarget <= maxDelayTarget <= {DelaySecondsMax} does not hold");
        if (!(retries is >= 0 and <= RetriesMax)) return (null, $"numRetries is from 0 to {RetriesMax}");
        if (!(immediate >= 0 && atMin >= 0 && atMax >= 0 && immediate + atMin + atMax <= retries))
            return (null, "the retries of the phases are more than numRetries");
        return FunctionOf(policy["backoffFunction"]) is { } function
            ? (new RetryNumbers(
                (int)min, (int)max, (int)retries, (int)immediate, (int)atMin, (int)atMax, function), null)
            : (null, "backoffFunction is linear, arithmetic, geometric or exponential");
    }

    public void Write(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        json.WriteNumber("minDelayTarget", MinDelay);
        json.WriteNumber("maxDelayTarget", MaxDelay);
        json.WriteNumber("numRetries", Retries);
        json.WriteNumber("numMaxDelayRetries", AtMaxDelay);
        json.WriteNumber("numNoDelayRetries", NoDelay);
        json.WriteNumber("numMinDelayRetries", AtMinDelay);
        json.WriteString("backoffFunction", Function.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    private static bool IsKnown(string name) => name is "minDelayTarget" or "maxDelayTarget" or "numRetries"
        or "numNoDelayRetries" or "numMinDelayRetries" or "numMaxDelayRetries" or "backoffFunction";

    private static BackoffFunction? FunctionOf(JsonNode? node) => node is null
        ? BackoffFunction.Linear
        : JsonText.String(node) switch
        {
            "linear" => BackoffFunction.Linear,
            "arithmetic" => BackoffFunction.Arithmetic,
            "geometric" => BackoffFunction.Geometric,
            "exponential" => BackoffFunction.Exponential,
            _ => null,
        };

    /// <summary>Not a number for what is none, which no comparison lets through.</summary>
    private static double Number(JsonObject policy, string name, int otherwise)
    {
        if (policy[name] is not { } node) return otherwise;
        return node is JsonValue value && value.TryGetValue(out double number) && number == Math.Floor(number)
            ? number
            : double.NaN;
    }
}
