using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns;

/// <summary>The errors of SNS, and which of them each refusal of the broker becomes.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Operations.html, section Errors of each.
internal static class SnsErrors
{
    /// <summary>The code and status of a request that comes too early, which SDKs send again.</summary>
    public static readonly (string Code, int Status) Throttled = ("Throttled", 429);

    public static AwsError From(Fault fault) => fault.Code switch
    {
        FaultCode.ResourceNotFound or FaultCode.QueueNotFound => NotFound(fault.Message),
        FaultCode.InvalidValue or FaultCode.MessageTooLong => Invalid(fault.Message),
        FaultCode.InFlightLimit => Plain("TopicLimitExceeded", 403, fault.Message),
        FaultCode.DiskFull or FaultCode.Unavailable => Plain("ServiceUnavailable", 503, fault.Message),
        FaultCode.Overloaded or FaultCode.QueueFull => Plain(Throttled.Code, Throttled.Status, fault.Message),
        FaultCode.QuotaReached => AwsErrors.NoRoom(Plain(Throttled.Code, Throttled.Status, fault.Message)),
        FaultCode.ConfigChanged => Plain("ConcurrentAccess", 400, fault.Message),
        _ => AwsErrors.InternalFailure,
    };

    /// <summary>What the common readers find wrong, in the words of SNS.</summary>
    public static AwsError From(AwsError error) =>
        error.QueryCode == "InvalidParameterValue" ? Plain("ParameterValueInvalid", 400, error.Message) : error;

    public static AwsError Invalid(string parameter, string reason) => Invalid($"{parameter} Reason: {reason}");

    public static AwsError Missing(string parameter) => Invalid(parameter, "no value for required parameter");

    public static AwsError NotFound(string message) => Plain("NotFound", 404, message);

    public static AwsError TopicNotFound { get; } = NotFound("Topic does not exist");

    public static AwsError SubscriptionNotFound { get; } = NotFound("Subscription does not exist");

    public static AwsError NotAuthorized(string what) => Plain(
        "AuthorizationError", 403, $"{what} is in another account or region than the request's credentials.");

    public static AwsError NotAllowed(string message) => Plain("AuthorizationError", 403, message);

    public static AwsError NotSigned(string reason) => Plain("AuthorizationError", 403, reason);

    public static AwsError FilterPolicyLimit(string message) => Plain("FilterPolicyLimitExceeded", 403, message);

    public static AwsError EmptyBatch { get; } =
        Plain("EmptyBatchRequest", 400, "The batch request doesn't contain any entries.");

    public static AwsError TooManyEntries(int count, int max) => Plain(
        "TooManyEntriesInBatchRequest", 400,
        $"The batch request contains more entries than permissible: {count}, where {max} are allowed.");

    public static AwsError RepeatedEntryId { get; } = Plain(
        "BatchEntryIdsNotDistinct", 400, "Two or more batch entries in the request have the same Id.");

    public static AwsError InvalidEntryId { get; } = Plain(
        "InvalidBatchEntryId", 400,
        "The Id of a batch entry in a batch request doesn't abide by the specification: 1 to 80 letters, digits, "
        + "hyphens and underscores.");

    public static AwsError BatchTooLong(long bytes, int max) => Plain(
        "BatchRequestTooLong", 400,
        $"The length of all the batch messages put together is {bytes} bytes, more than the limit of {max}.");

    public static AwsError Unserved(string operation, string reason) => new(
        "UnsupportedOperation", "UnsupportedOperation", 400, $"Weir does not serve {operation}: {reason}");

    public static AwsError Invalid(string message) =>
        new("InvalidParameterException", "InvalidParameter", 400, $"Invalid parameter: {message}");

    private static AwsError Plain(string code, int status, string message) =>
        new(code + "Exception", code, status, message);
}
