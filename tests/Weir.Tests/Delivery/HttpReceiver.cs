using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Weir.Tests.Delivery;

/// <summary>A request as it arrived.</summary>
internal sealed record ArrivedRequest(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public required string Method { get; init; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public required string Query { get; init; }
}

/// <summary>An endpoint on a real socket of this machine, which answers as the test says.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ArrivedRequest> Arrived { get; } = new();

    /// <summary>What is answered; by default 200.</summary>
    public Func<HttpContext, ArrivedRequest, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Address => new(_app.Urls.Single());

    public int Port => Address.Port;

    /// <param name="certificate">Not null: it speaks TLS, and shows this one.</param>
    public static async Task<HttpReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var receiver = new HttpReceiver(builder.Build());
        receiver._app.Run(receiver.AcceptAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with these statuses in turn, the last one from then on.</summary>
    public void AnswerWith(params int[] statuses)
    {
        var turn = -1;
        Answer = (context, _) =>
        {
            var at = Math.Min(Interlocked.Increment(ref turn), statuses.Length - 1);
            context.Response.StatusCode = statuses[at];
            return context.Response.WriteAsync($"answer {at}");
        };
    }

    /// <summary>Answers nothing until the caller goes away.</summary>
    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new ArrivedRequest(
            context.Request.Path, await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            Method = context.Request.Method, Query = context.Request.QueryString.ToString(),
        };
        Arrived.Enqueue(request);
        await Answer(context, request);
    }
}
