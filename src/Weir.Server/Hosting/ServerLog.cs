namespace Weir.Server.Hosting;

internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "Listening on {Host} without access keys: anybody who reaches it can read and delete messages (--insecure)")]
    public static partial void TakesAnybody(ILogger log, string host);

    [LoggerMessage(2, LogLevel.Information, "Stopping: requests under way are finished, then a checkpoint is written")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(3, LogLevel.Information, "Stopped; everything acknowledged is stored")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(4, LogLevel.Error, "The stop itself failed; the next start recovers from the log")]
    public static partial void StopFailed(ILogger log, Exception failure);
}
