using Microsoft.Extensions.Logging;

namespace Weir.Protocols.Rest;

internal static partial class RestLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed by a fault of the server")]
    public static partial void RequestFailed(ILogger log, Exception exception, string method, string path);
}
