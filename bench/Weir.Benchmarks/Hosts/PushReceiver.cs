using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Weir.Benchmarks.Processes;

namespace Weir.Benchmarks.Hosts;

/// <summary>
/// An endpoint that takes what is pushed to it and answers 200 at once. While it is held nothing is answered, so that a
/// backlog can be made whose pushing is measured from the moment on at which it lets go.
/// </summary>
internal sealed class PushReceiver : IAsyncDisposable
{
    private const string TypeHeader = "x-amz-sns-message-type";

    private readonly HttpClient _client = new();
    private WebApplication _app = null!;
    private TaskCompletionSource _open = Completed();
    private TaskCompletionSource<byte[]> _sample = new();
    private TaskCompletionSource _reached = Completed();
    private long _left;

    public required Uri Address { get; init; }

    /// <summary>The body of the first message since <see cref="Hold"/>.</summary>
    public Task<byte[]> SampleAsync => _sample.Task;

    public TaskCompletionSource IsConfirmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<PushReceiver> StartAsync()
    {
        var port = FreePort.Find();
        var receiver = new PushReceiver
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hook")),
        };
        receiver._app = await KestrelHost.StartAsync(port, receiver.TakeAsync);
        return receiver;
    }

    /// <summary>Answers nothing more until it is let go, and counts from there.</summary>
    public void Hold()
    {
        _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sample = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Completes when so many messages have come, those that were held among them.</summary>
    public Task LetGo(int messages)
    {
        Volatile.Write(ref _left, messages);
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.TrySetResult();
        return _reached.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _open.TrySetResult();
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Request.Headers[TypeHeader] == "SubscriptionConfirmation")
        {
            await ConfirmAsync(context);
            return;
        }

        if (!_sample.Task.IsCompleted)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _sample.TrySetResult(body.ToArray());
        }
        else
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
        }

        await _open.Task;
        context.Response.ContentLength = 0;
        if (Interlocked.Decrement(ref _left) == 0) _reached.TrySetResult();
    }

    private async Task ConfirmAsync(HttpContext context)
    {
        using var message = await JsonDocument.ParseAsync(context.Request.Body);
        var url = message.RootElement.GetProperty("SubscribeURL").GetString()!;
        using var answer = await _client.GetAsync(new Uri(url));
        answer.EnsureSuccessStatusCode();
        context.Response.ContentLength = 0;
        IsConfirmed.TrySetResult();
    }
}
