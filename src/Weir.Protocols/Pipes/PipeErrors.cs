using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes;

/// <summary>The errors of Pipes, and which of them each refusal of the broker becomes.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html
internal static class PipeErrors
{
    /// <summary>The code and status of a request that comes too early, which SDKs send again.</summary>
    public static readonly (string Code, int Status) Throttled = ("ThrottlingException", 429);

    public static AwsError From(Fault fault) => fault.Code switch
    {
        FaultCode.ResourceNotFound => NotFound(fault.Message),
        FaultCode.QueueExists or FaultCode.ConfigChanged => Plain("ConflictException", 409, fault.Message),
        FaultCode.InFlightLimit => Plain("ServiceQuotaExceededException", 402, fault.Message),
        FaultCode.Overloaded or FaultCode.QueueFull => Plain(Throttled.Code, Throttled.Status, fault.Message),
        FaultCode.QuotaReached => AwsErrors.NoRoom(Plain(Throttled.Code, Throttled.Status, fault.Message)),
        FaultCode.DiskFull or FaultCode.Unavailable => Plain("InternalException", 500, fault.Message),
        _ => Invalid(fault.Message),
    };

    public static AwsError Denied(string message) => Plain("AccessDeniedException", 403, message);

    public static AwsError Invalid(string message) => Plain("ValidationException", 400, message);

    public static AwsError NotFound(string message) => Plain("NotFoundException", 404, message);

    public static AwsError Unserved(string member, string reason) =>
        Invalid($"Weir does not serve {member}: {reason}");

    private static AwsError Plain(string code, int status, string message) => new(code, code, status, message);
}
