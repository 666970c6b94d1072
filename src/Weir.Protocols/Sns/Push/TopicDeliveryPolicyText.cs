using System.Text.Json.Nodes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Push;

/// <summary>A topic's DeliveryPolicy: what holds for those of its HTTP subscriptions that say nothing else.</summary>
/// <param name="DisablesOverrides">What the subscriptions say does not count.</param>
// https://docs.aws.amazon.com/sns/latest/dg/set-topic-attributes-delivery-policy-json.html
internal sealed record TopicDeliveryPolicyText(DeliveryPolicyText Defaults, bool DisablesOverrides)
{
    /// <summary>The only protocol that has a policy.</summary>
    public const string Http = "http";

    public static TopicDeliveryPolicyText Empty { get; } = new(DeliveryPolicyText.Empty, false);

    /// <summary>The policy, or what is wrong with it.</summary>
    public static (TopicDeliveryPolicyText? Policy, string? Problem) Parse(string text)
    {
        if (text.Trim().Length == 0) return (Empty, null);
        if (JsonText.ParseObject(text) is not { } root) return (null, "it is no JSON object");
        if (root.FirstOrDefault(one => one.Key != Http) is { Key: { } unknown })
            return (null, $"{unknown} has no policy; http has one");
        if (root[Http] is not JsonObject policy) return (null, "http must be an object");
        var (defaults, disables) = (DeliveryPolicyText.Empty, false);
        foreach (var (name, value) in policy)
        {
            if (value is null) continue;
            if (name == "disableSubscriptionOverrides")
            {
                if (value is not JsonValue one || !one.TryGetValue(out disables))
                    return (null, $"{name} is true or false");
                continue;
            }

            (defaults, var problem) = name switch
            {
                "defaultHealthyRetryPolicy" => defaults.WithRetry(name, value),
                "defaultThrottlePolicy" => defaults.WithRate(name, value),
                "defaultRequestPolicy" => defaults.WithType(name, value),
                _ => (defaults, DeliveryPolicyText.NoMember(name)),
            };
            if (problem is not null) return (null, problem);
        }

        return (new TopicDeliveryPolicyText(defaults, disables), null);
    }
}
