using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>The errors of EventBridge, and which of them each refusal of the broker becomes.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html, section Errors of each.
internal static class EventErrors
{
    /// <summary>The code and status of a request that comes too early, which SDKs send again.</summary>
    public static readonly (string Code, int Status) Throttled = ("ThrottlingException", 400);

    public const string NotFoundCode = "ResourceNotFoundException";
    public const string ValidationCode = "ValidationException";

    private const string Internal = "InternalException";

    public static AwsError From(Fault fault) => fault.Code switch
    {
        FaultCode.ResourceNotFound or FaultCode.QueueNotFound => NotFound(fault.Message),
        FaultCode.QueueExists => Plain("ResourceAlreadyExistsException", 400, fault.Message),
        FaultCode.InvalidValue or FaultCode.MessageTooLong => Invalid(fault.Message),
        FaultCode.Unsupported => Plain("IllegalStatusException", 400, fault.Message),
        FaultCode.InFlightLimit => Limit(fault.Message),
        FaultCode.ConfigChanged => Plain("ConcurrentModificationException", 400, fault.Message),
        FaultCode.Overloaded or FaultCode.QueueFull => Plain(Throttled.Code, Throttled.Status, fault.Message),
        FaultCode.QuotaReached => AwsErrors.NoRoom(Plain(Throttled.Code, Throttled.Status, fault.Message)),
        FaultCode.DiskFull or FaultCode.Unavailable => Plain(Internal, 500, fault.Message),
        _ => AwsErrors.InternalFailure,
    };

    /// <summary>What the common readers find wrong, in the words of EventBridge.</summary>
    public static AwsError From(AwsError error) => Invalid(error.Message);

    public static AwsError Invalid(string message) => Plain(ValidationCode, 400, message);

    public static AwsError Missing(string member) =>
        Constraint("null", member, "Member must not be null");

    public static AwsError Constraint(string value, string member, string constraint)
    {
        var at = char.ToLowerInvariant(member[0]) + member[1..];
        return Invalid(
            $"1 validation error detected: Value '{value}' at '{at}' failed to satisfy constraint: {constraint}");
    }

    public static AwsError NotFound(string message) => Plain(NotFoundCode, 400, message);

    public static AwsError Limit(string message) => Plain("LimitExceededException", 400, message);

    public static AwsError InvalidPattern(string message) => Plain(
        "InvalidEventPatternException", 400, message);

    public static AwsError PolicyTooLong(int max) => Plain(
        "PolicyLengthExceededException", 400, $"The policy is longer than {max} characters.");

    public static AwsError NotOwn(string arn) =>
        Invalid($"{arn} is in another account or region than the request's credentials.");

    public static AwsError Denied(string message) => Plain("AccessDeniedException", 400, message);

    public static AwsError Unserved(string operation, string reason) =>
        Plain("UnsupportedOperation", 400, $"Weir does not serve {operation}: {reason}");

    private static AwsError Plain(string code, int status, string message) => new(code, code, status, message);
}
