using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns;

/// <summary>What a topic can deliver to. The rest is refused by name when it subscribes, not lost when it publishes.
/// </summary>
internal static class SubscriptionProtocol
{
    public const string Queue = "sqs";

    public static AwsError? Check(string protocol) => protocol switch
    {
        Queue => null,
        "http" or "https" => Unserved(protocol, "Weir does not push to HTTP endpoints yet"),
        "email" or "email-json" => Unserved(protocol, "Weir sends no mail"),
        "sms" => Unserved(protocol, "Weir sends no text messages"),
        "application" => Unserved(protocol, "Weir sends no push notifications to mobile apps"),
        "lambda" => Unserved(protocol, "Weir runs no functions"),
        "firehose" => Unserved(protocol, "Weir has no delivery streams"),
        _ => SnsErrors.Invalid("Protocol", $"{protocol} is no protocol of Amazon SNS"),
    };

    private static AwsError Unserved(string protocol, string reason) => SnsErrors.Invalid(
        "Protocol", $"{protocol} is not served: {reason}. Subscribe a queue (sqs) instead");
}
