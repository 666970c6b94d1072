using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Sns.Push;

namespace Weir.Protocols.Sns;

/// <summary>What a topic can deliver to. The rest is refused by name when it subscribes, not lost when it publishes.
/// </summary>
internal static class SubscriptionProtocol
{
    public const string Queue = "sqs";
    public const string Http = "http";
    public const string Https = "https";

    public static string Of(SubscriptionConfig subscription) => subscription.Endpoint is not { } endpoint ? Queue
        : endpoint.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? Https
        : Http;

    /// <summary>As listings show it.</summary>
    public static string EndpointOf(SubscriptionConfig subscription) => subscription.Endpoint is { } endpoint
        ? PushEndpoint.Show(endpoint)
        : QueueArn.Write(subscription.Queue);

    public static AwsError? Check(string protocol) => protocol switch
    {
        Queue or Http or Https => null,
        "email" or "email-json" => Unserved(protocol, "Weir sends no mail"),
        "sms" => Unserved(protocol, "Weir sends no text messages"),
        "application" => Unserved(protocol, "Weir sends no push notifications to mobile apps"),
        "lambda" => Unserved(protocol, "Weir runs no functions"),
        "firehose" => Unserved(protocol, "Weir has no delivery streams"),
        _ => SnsErrors.Invalid("Protocol", $"{protocol} is no protocol of Amazon SNS"),
    };

    public static AwsError NotPushing(string protocol) => Unserved(protocol, "this Weir does not push");

    private static AwsError Unserved(string protocol, string reason) => SnsErrors.Invalid(
        "Protocol", $"{protocol} is not served: {reason}. Subscribe a queue (sqs) or an HTTP endpoint instead");
}
