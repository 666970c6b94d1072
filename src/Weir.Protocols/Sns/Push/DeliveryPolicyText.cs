using System.Text.Json.Nodes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Push;

/// <summary>
/// A subscription's DeliveryPolicy: how often a delivery is tried again, and how fast the endpoint is fed. What it
/// leaves open is the topic's to say.
/// </summary>
/// <param name="Retry">Null: it says nothing of that.</param>
/// <param name="RatePerSecond">Null: it says nothing of that.</param>
/// <param name="ContentType">Of the requests. Null: it says nothing of that.</param>
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
// https://docs.aws.amazon.com/sns/latest/dg/set-sub-attributes-delivery-policy-json.html
internal sealed record DeliveryPolicyText(RetryNumbers? Retry, double? RatePerSecond, string? ContentType)
{
    public static DeliveryPolicyText Empty { get; } = new(null, null, null);

    /// <summary>The policy, or what is wrong with it.</summary>
    public static (DeliveryPolicyText? Policy, string? Problem) Parse(string text)
    {
        if (text.Trim().Length == 0) return (Empty, null);
        if (JsonText.ParseObject(text) is not { } policy) return (null, "it is no JSON object");
        var parsed = Empty;
        foreach (var (name, value) in policy)
        {
            if (value is null || (name == "guaranteed" && IsFalse(value))) continue;
            (parsed, var problem) = name switch
            {
                "healthyRetryPolicy" => parsed.WithRetry(name, value),
                "throttlePolicy" => parsed.WithRate(name, value),
                "requestPolicy" => parsed.WithType(name, value),
                _ => (parsed, NoMember(name)),
            };
            if (problem is not null) return (null, problem);
        }

        return (parsed, null);
    }

    public (DeliveryPolicyText Policy, string? Problem) WithRetry(string name, JsonNode value)
    {
        if (value is not JsonObject policy) return (this, NoMember(name));
        var (numbers, problem) = RetryNumbers.Parse(policy, name);
        return (this with { Retry = numbers }, problem);
    }

    public (DeliveryPolicyText Policy, string? Problem) WithRate(string name, JsonNode value)
    {
        const string Member = "maxReceivesPerSecond";
        if (value is not JsonObject policy) return (this, NoMember(name));
        if (Unknown(policy, Member) is { } unknown) return (this, $"{name} has no {unknown}");
        if (policy[Member] is not { } node) return (this, null);
        return node is JsonValue one && one.TryGetValue(out double rate) && rate >= 1 && rate == Math.Floor(rate)
            ? (this with { RatePerSecond = rate }, null)
            : (this, $"{Member} is a whole number, at least 1");
    }

    public (DeliveryPolicyText Policy, string? Problem) WithType(string name, JsonNode value)
    {
        const string Member = "headerContentType";
        if (value is not JsonObject policy) return (this, NoMember(name));
        if (Unknown(policy, Member) is { } unknown) return (this, $"{name} has no {unknown}");
        if (policy[Member] is not { } node) return (this, null);
        return JsonText.String(node) is { } type && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out _)
            ? (this with { ContentType = type }, null)
            : (this, $"{Member} is no content type");
    }

    public static string NoMember(string name) => $"{name} is no member that it can have, or no object";

    public static bool IsFalse(JsonNode value) => value is JsonValue one && one.TryGetValue(out bool isTrue) && !isTrue;

    private static string? Unknown(JsonObject policy, string member) =>
        policy.Select(one => one.Key).FirstOrDefault(name => name != member);
}
