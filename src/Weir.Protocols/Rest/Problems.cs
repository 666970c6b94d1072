using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Rest;

/// <summary>The problems, and which of them each refusal of the broker becomes.</summary>
internal static class Problems
{
    private const int SoonSeconds = 1;
    private const int DiskSeconds = 30;
    private const string QuotaTitle = "The tenant's quota is used up";

    public static Problem InternalFailure { get; } = new(
        500, "internal-failure", "The server failed",
        "The request failed by a fault of the server, which has logged it. Nothing is known of its effect.");

    public static Problem NoSuchPath { get; } = new(
        404, "no-such-path", "Nothing is served here",
        "GET /_weir/openapi.json describes the paths that there are.");

    public static Problem NoSuchMessage { get; } = new(
        404, "message-not-found", "There is no such message",
        "The URL is none that was answered to this account.");

    public static Problem NoSuchMove { get; } = new(
        404, "no-move", "There is no move", "No move out of this queue is under way.");

    public static Problem NoReplyYet { get; } = new(
        404, "no-reply", "There is no reply",
        "None has come yet, none was asked for, or it is more than a day old.");

    public static Problem ForeignPage { get; } = new(
        403, "foreign-page", "Web pages of others may not call",
        "Call from a program, or from a page of this machine.");

    public static Problem Unauthorized { get; } = new(
        401, "unauthorized", "The caller is not known",
        "Send HTTP Basic with an access key id and its secret, or sign the request with Signature Version 4.")
    {
        IsChallenge = true,
    };

    public static Problem NotAdmin { get; } = new(
        403, "not-admin", "An admin key is needed",
        "Only an access key that was made with admin rights may do this, and this one was not.");

    public static Problem TokenNotAdmin { get; } = new(
        403, "not-admin", "The token is not an admin's",
        "The token is valid, and it has not the claim that opens the admin API (the server's option OidcAdminClaim).");

    public static Problem QuotaUsedUp(string account, Throttle throttle) => Later(
        429, "quota-used-up", QuotaTitle,
        $"Account {account} has used up its quota of {throttle.Limit}; slow down and send the request again.",
        (int)Math.Ceiling(throttle.RetryAfter.TotalSeconds));

    public static Problem EmptyBody { get; } = Invalid(
        "empty-body", "A message has at least one byte: an empty one cannot be read by its consumers.");

    public static Problem NotAllowed(string detail) => new(403, "not-allowed", "No policy allows it", detail);

    public static Problem Invalid(string type, string detail) => new(400, type, "The request is not valid", detail);

    public static Problem InvalidHeader(string name, string detail) =>
        Invalid("invalid-header", $"The header {name} {detail}");

    public static Problem UnsupportedMediaType(string contentType) => new(
        415, "unsupported-media-type", "The content type is not read here",
        $"Events in {contentType} cannot be read: send application/cloudevents+json, "
        + "application/cloudevents-batch+json, or an event in headers.");

    public static Problem MethodNotAllowed(string allow) => new(
        405, "method-not-allowed", "The method is not served here", $"This path takes {allow}.") { Allow = allow };

    public static Problem TooLong(string detail) => new(413, "message-too-long", "The message is too long", detail);

    public static Problem From(Fault fault) => fault.Code switch
    {
        FaultCode.QueueNotFound => new(404, "queue-not-found", "There is no such queue", fault.Message),
        FaultCode.ResourceNotFound => new(404, "not-found", "There is no such thing", fault.Message),
        FaultCode.MessageTooLong => TooLong(fault.Message),
        FaultCode.KeyTaken => new(422, "key-reused", "The key was used for another request", fault.Message),
        FaultCode.InFlightLimit => new(422, "too-many-deliveries", "A limit is reached", fault.Message),
        FaultCode.ConfigChanged => new(409, "conflict", "Another request came first", fault.Message),
        FaultCode.Overloaded => Later(429, "overloaded", "Too much at once", fault.Message, SoonSeconds),
        FaultCode.QueueFull => Later(429, "queue-full", "The queue is full", fault.Message, SoonSeconds),
        FaultCode.QuotaReached => Later(429, "quota-used-up", QuotaTitle, fault.Message, SoonSeconds),
        FaultCode.DiskFull => Later(507, "disk-full", "The disk is full", fault.Message, DiskSeconds),
        FaultCode.Unavailable => Later(503, "unavailable", "Weir is not ready", fault.Message, SoonSeconds),
        _ => Invalid("invalid-request", fault.Message),
    };

    /// <summary>A refusal of what is shared with the Amazon protocols: bodies and signatures.</summary>
    public static Problem From(AwsError error) => error.Shape switch
    {
        "RequestEntityTooLarge" => TooLong(error.Message),
        "RequestThrottled" => Later(429, "overloaded", "Too much at once", error.Message, SoonSeconds),
        _ when error.QueryCode == "AccessDenied" => new(403, "forbidden", "The account is suspended", error.Message),
        _ when error.Status == 403 => new(403, "forbidden", "The signature is not valid", error.Message),
        _ => Invalid("invalid-request", error.Message),
    };

    private static Problem Later(int status, string type, string title, string detail, int seconds) =>
        new(status, type, title, detail) { RetryAfterSeconds = seconds };
}
