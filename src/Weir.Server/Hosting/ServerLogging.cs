using Microsoft.Extensions.Logging.Console;
using Weir.Server.Options;
using Weir.Server.Telemetry;

namespace Weir.Server.Hosting;

/// <summary>Logs go to standard error, one line each; standard output is what a command was asked for.</summary>
internal static class ServerLogging
{
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // A host that cannot start logs a stack trace; the user gets one sentence instead (StartupError).
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.LogFormat == "json") logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(Configure);
        OtlpExport.ConfigureLogs(logging, options.Telemetry);
    }

    private static void Configure(SimpleConsoleFormatterOptions text)
    {
        text.SingleLine = true;
        text.UseUtcTimestamp = true;
        text.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
    }
}
