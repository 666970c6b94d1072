using System.Text.Json.Nodes;
using Weir.Broker.Delivery;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Push;

/// <summary>A subscription's DeliveryPolicy: how often a delivery is tried again, and how fast the endpoint is fed.
/// </summary>
/// <param name="Retry">Its times and numbers; without a policy, three retries 20 seconds apart.</param>
/// <param name="RatePerSecond">Null: as fast as the endpoint answers.</param>
/// <param name="ContentType">Of the requests.</param>
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
internal sealed record DeliveryPolicyText(RetryPolicy Retry, double? RatePerSecond, string ContentType)
{
    private const string PlainText = "text/plain; charset=UTF-8";
    private const int RetriesMax = 100;
    private const int DelaySecondsMax = 3_600;

    public static DeliveryPolicyText Default { get; } = new(RetryPolicy.Sns(), null, PlainText);

    /// <summary>The policy, or what is wrong with it.</summary>
    public static (DeliveryPolicyText? Policy, string? Problem) Parse(string text)
    {
        if (text.Trim().Length == 0) return (Default, null);
        if (JsonText.ParseObject(text) is not { } policy) return (null, "it is no JSON object");
        var (retry, rate, type) = (new JsonObject(), (double?)null, PlainText);
        foreach (var (name, value) in policy)
        {
            switch (name)
            {
                case "healthyRetryPolicy" when value is JsonObject found: retry = found; break;
                case "throttlePolicy" when value is JsonObject throttle:
                    rate = Number(throttle, "maxReceivesPerSecond");
                    if (throttle.Count > 0 && rate is null or < 1) return (null, "maxReceivesPerSecond is at least 1");
                    break;
                case "requestPolicy" when value is JsonObject request:
                    type = JsonText.String(request["headerContentType"]) ?? PlainText;
                    if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out _))
                        return (null, "headerContentType is no content type");
                    break;
                default:
                    if (value is not null) return (null, $"{name} is no member that it can have, or no object");
                    break;
            }
        }

        var (parsed, problem) = ParseRetry(retry);
        return parsed is null ? (null, problem) : (new DeliveryPolicyText(parsed, rate, type), null);
    }

    private static (RetryPolicy? Retry, string? Problem) ParseRetry(JsonObject policy)
    {
        if (policy.FirstOrDefault(member => !IsKnown(member.Key)) is { Key: { } unknown })
            return (null, $"healthyRetryPolicy has no {unknown}");
        var (min, max) = (Number(policy, "minDelayTarget") ?? 20, Number(policy, "maxDelayTarget") ?? 20);
        var (retries, immediate) = (Number(policy, "numRetries") ?? 3, Number(policy, "numNoDelayRetries") ?? 0);
        var (atMin, atMax) = (Number(policy, "numMinDelayRetries") ?? 0, Number(policy, "numMaxDelayRetries") ?? 0);
        if (min < 1 || max > DelaySecondsMax || min > max)
            return (null, $"1 <= minDelayTarget <= maxDelayTarget <= {DelaySecondsMax} does not hold");
        if (retries is < 0 or > RetriesMax) return (null, $"numRetries is from 0 to {RetriesMax}");
        if (immediate < 0 || atMin < 0 || atMax < 0 || immediate + atMin + atMax > retries)
            return (null, "the retries of the phases are more than numRetries");
        BackoffFunction? function = JsonText.String(policy["backoffFunction"]) switch
        {
            null or "linear" => BackoffFunction.Linear,
            "arithmetic" => BackoffFunction.Arithmetic,
            "geometric" => BackoffFunction.Geometric,
            "exponential" => BackoffFunction.Exponential,
            _ => null,
        };
        return function is not { } known
            ? (null, "backoffFunction is linear, arithmetic, geometric or exponential")
            : (RetryPolicy.Sns(
                (int)retries, (int)immediate, (int)atMin, (int)atMax, TimeSpan.FromSeconds(min),
                TimeSpan.FromSeconds(max), known), null);
    }

    private static bool IsKnown(string name) => name is "minDelayTarget" or "maxDelayTarget" or "numRetries"
        or "numNoDelayRetries" or "numMinDelayRetries" or "numMaxDelayRetries" or "backoffFunction";

    private static double? Number(JsonObject policy, string name) =>
        policy[name] is JsonValue value && value.TryGetValue(out double number) && number == Math.Floor(number)
            ? number
            : null;
}
