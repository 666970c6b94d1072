using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs;

/// <summary>The errors of SQS, and which of them each refusal of the engine becomes.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html, section Errors of each.
internal static class SqsErrors
{
    /// <summary>The code and status of a request that comes too early, which SDKs send again.</summary>
    public static readonly (string Code, int Status) Throttled = ("RequestThrottled", 403);

    private const string Prefix = "AWS.SimpleQueueService.";

    public static AwsError From(Fault fault, WireDialect dialect) => fault.Code switch
    {
        FaultCode.QueueNotFound => QueueDoesNotExist(dialect),
        FaultCode.QueueExists => new("QueueNameExists", "QueueAlreadyExists", 400, fault.Message),
        FaultCode.QueueDeletedRecently => Prefixed("QueueDeletedRecently", 400, fault.Message),
        FaultCode.PurgeInProgress => Prefixed("PurgeQueueInProgress", 403, fault.Message),
        FaultCode.InFlightLimit => OverLimit(fault.Message),
        FaultCode.ReceiptHandleInvalid => Plain("ReceiptHandleIsInvalid", 404, fault.Message),
        FaultCode.MessageNotInFlight => Prefixed("MessageNotInflight", 400, fault.Message),
        FaultCode.InvalidValue or FaultCode.MessageTooLong => AwsErrors.InvalidParameter(fault.Message),
        FaultCode.Unsupported => Prefixed("UnsupportedOperation", 400, fault.Message),
        FaultCode.ResourceNotFound => ResourceNotFound(fault.Message),

        // SDKs try these again: 503 as a server's fault, RequestThrottled with a growing pause.
        FaultCode.DiskFull or FaultCode.Unavailable => Plain("ServiceUnavailable", 503, fault.Message),
        FaultCode.Overloaded or FaultCode.QueueFull or FaultCode.ConfigChanged =>
            Plain(Throttled.Code, Throttled.Status, fault.Message),
        FaultCode.QuotaReached => AwsErrors.NoRoom(Plain(Throttled.Code, Throttled.Status, fault.Message)),
        _ => AwsErrors.InternalFailure,
    };

    // The two protocols word this one differently, and clients match on it.
    public static AwsError QueueDoesNotExist(WireDialect dialect) => new(
        "QueueDoesNotExist", Prefix + "NonExistentQueue", 400,
        dialect == WireDialect.Json
            ? "The specified queue does not exist."
            : "The specified queue does not exist for this wsdl version.");

    public static AwsError Denied(string message) => new("AccessDeniedException", "AccessDenied", 403, message);

    public static AwsError InvalidAddress(string address) =>
        Plain("InvalidAddress", 404, $"The address {address} is not valid for this endpoint.");

    public static AwsError InvalidAttributeName(string name) =>
        Plain("InvalidAttributeName", 400, $"Unknown Attribute {name}.");

    public static AwsError InvalidAttributeValue(string name, string? reason = null) => Plain(
        "InvalidAttributeValue", 400,
        $"Invalid value for the parameter {name}.{(reason is null ? "" : $" Reason: {reason}")}");

    public static AwsError TwoEncryptions { get; } = Plain(
        "InvalidAttributeName", 400,
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.");

    public static AwsError OverLimit(string message) => Plain("OverLimit", 403, message);

    public static AwsError ResourceNotFound(string message) => Plain("ResourceNotFoundException", 404, message);

    public static AwsError EmptyBatch(string entry) => Prefixed(
        "EmptyBatchRequest", 400, $"There should be at least one {entry} in the request.");

    public static AwsError TooManyEntries(int count, int max) => Prefixed(
        "TooManyEntriesInBatchRequest", 400,
        $"Maximum number of entries per request are {max}. You have sent {count}.");

    public static AwsError InvalidEntryId { get; } = Prefixed(
        "InvalidBatchEntryId", 400,
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
        + "It can be at most 80 letters long.");

    public static AwsError RepeatedEntryId(string id) =>
        Prefixed("BatchEntryIdsNotDistinct", 400, $"Id {id} repeated.");

    public static AwsError BatchTooLong(long bytes, int max) => Prefixed(
        "BatchRequestTooLong", 400,
        $"Batch requests cannot be longer than {max} bytes. You have sent {bytes} bytes.");

    public static AwsError InvalidForQueueType(string parameter, object value) => AwsErrors.InvalidParameter(
        parameter, value, "The request include parameter that is not valid for this queue type.");

    private static AwsError Plain(string name, int status, string message) => new(name, name, status, message);

    private static AwsError Prefixed(string name, int status, string message) =>
        new(name, Prefix + name, status, message);
}
