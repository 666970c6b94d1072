using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws;

/// <summary>The errors that the Amazon services have in common.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
// Shapes without a namespace get the service's; those of the common framework carry their own.
internal static class AwsErrors
{
    private const string Framework = "com.amazon.coral.service#";

    public static readonly AwsError MissingAction = new(
        Framework + "MissingAction", "MissingAction", 400,
        "The request names no operation: send an X-Amz-Target header (JSON) or an Action field (Query).");

    public static readonly AwsError InternalFailure = new(
        Framework + "InternalFailure", "InternalFailure", 500,
        "The request failed by a fault of the server, which has logged it. Nothing is known of its effect.");

    public static AwsError UnknownOperation(string target) => new(
        Framework + "UnknownOperationException", "InvalidAction", 400, $"There is no operation {target} here.");

    public static AwsError InvalidAction(string action, string version) => new(
        "InvalidAction", "InvalidAction", 400,
        version.Length == 0
            ? $"The action {action} is not valid for this endpoint."
            : $"The action {action} of version {version} is not valid for this endpoint.");

    public static AwsError Serialization(string reason) => new(
        Framework + "SerializationException", "MalformedInput", 400, reason);

    public static AwsError MalformedQuery(string reason) => new(
        "MalformedQueryString", "MalformedQueryString", 404, reason);

    public static AwsError MissingParameter(string name) => new(
        "MissingRequiredParameterException", "MissingParameter", 400,
        $"The request must contain the parameter {name}.");

    public static AwsError InvalidParameter(string message) => new(
        "InvalidParameterValueException", "InvalidParameterValue", 400, message);

    public static AwsError InvalidParameter(string name, object value, string reason) =>
        InvalidParameter($"Value {value} for parameter {name} is invalid. Reason: {reason}");

    public static AwsError InvalidMessageContents { get; } = new(
        "InvalidMessageContents", "InvalidMessageContents", 400,
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
        + "#xE000 to #xFFFD | #x10000 to #x10FFFF");

    public static AwsError AccessDenied(string resource) => new(
        "AccessDeniedException", "AccessDenied", 403, $"Access to the resource {resource} is denied.");

    public static AwsError RequestTooLarge(long bytesMax) => new(
        "RequestEntityTooLarge", "RequestEntityTooLarge", 413,
        $"The request body is longer than {bytesMax} bytes.");

    public static AwsError TooManyBodies { get; } = new(
        "RequestThrottled", "RequestThrottled", 403,
        "More large requests are under way than Weir holds in memory; slow down and send the request again.");

    public static AwsError TooManyRequests(AwsService service, string account, Throttle throttle) => new(
        service.Throttled.Code, service.Throttled.Code, service.Throttled.Status,
        $"Account {account} has used up its quota of {throttle.Limit}; slow down and send the request again.")
    {
        RetryAfterSeconds = (int)Math.Ceiling(throttle.RetryAfter.TotalSeconds),
    };

    /// <summary>The account has as much as it may; there may be room when some of it was received and deleted.
    /// </summary>
    /// <param name="throttled">As the service says it.</param>
    public static AwsError NoRoom(AwsError throttled) => throttled with { RetryAfterSeconds = 1 };

    public static AwsError UnreadableRequest(int status, string reason) => new(
        Framework + "SerializationException", "MalformedInput", status, reason);
}
