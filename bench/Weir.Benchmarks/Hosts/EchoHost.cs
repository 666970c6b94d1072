using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Weir.Benchmarks.Hosts;

/// <summary>
/// The ceiling of every HTTP figure: a server that does nothing but give the request's body back. Runs as a process of
/// its own, until its standard input ends.
/// </summary>
internal static class EchoHost
{
    public const string Argument = "echo";

    public static Task<WebApplication> StartAsync(int port) => KestrelHost.StartAsync(port, EchoAsync);

    public static async Task<int> RunAsync(string port)
    {
        await using var app = await StartAsync(int.Parse(port, CultureInfo.InvariantCulture));
        await HostLife.UntilEndAsync(app);
        return 0;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync();
            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            context.Response.ContentType = context.Request.ContentType;
            context.Response.ContentLength = result.Buffer.Length;
            foreach (var part in result.Buffer) await context.Response.BodyWriter.WriteAsync(part);
            reader.AdvanceTo(result.Buffer.End);
            return;
        }
    }
}
