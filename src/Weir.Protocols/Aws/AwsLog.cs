using Microsoft.Extensions.Logging;

namespace Weir.Protocols.Aws;

internal static partial class AwsLog
{
    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} ({Target}) failed by a fault of the server")]
    public static partial void RequestFailed(ILogger log, Exception exception, string requestId, string target);
}
