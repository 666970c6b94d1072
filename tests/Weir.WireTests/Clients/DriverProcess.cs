using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>
/// A client in a process of its own that stays: one call a line in, one answer a line out, in any order, so that
/// many calls can wait at once.
/// </summary>
// To the driver:  {"id":7,"endpoint":"...","key":"...","secret":"...","region":"...","operation":"...","input":{}}
// From it:        {"id":7,"output":{}}
//             or  {"id":7,"error":{"code":"...","shape":"...","status":400,"message":"..."}}
//             or  {"id":7,"broken":"why no answer came"}
public sealed class DriverProcess : IAsyncDisposable
{
    private static readonly JsonNodeOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly StringBuilder _errors = new();
    private readonly Process _process;
    private readonly Task _reading;
    private long _lastId;

    private DriverProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => NoteError(line.Data);
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    public static DriverProcess Start(Program program, string script)
    {
        var start = program.With(Path.Combine(Programs.TestDirectory, script));
        start.Environment["AWS_DATA_PATH"] = Programs.ModelsDirectory;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        return new DriverProcess(process);
    }

    public SqsCall For(Connection connection) =>
        (operation, input, cancellation) => CallAsync(connection, operation, input, cancellation);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task<JsonObject> CallAsync(
        Connection connection, string operation, JsonObject input, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answered = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answered;
        if (_reading.IsCompleted) throw Ended();
        await WriteAsync(new JsonObject
        {
            ["id"] = id,
            ["endpoint"] = connection.Endpoint.ToString(),
            ["key"] = connection.AccessKey,
            ["secret"] = connection.Secret,
            ["region"] = connection.Region,
            ["operation"] = operation,
            ["input"] = input.DeepClone(),
        });
        var answer = await answered.Task.WaitAsync(cancellation);
        if (answer["error"] is JsonObject error) throw Refusal(error);
        if (answer["broken"] is { } broken) throw new SqsUnknownOutcomeException((string)broken!);
        return answer["output"]!.AsObject();
    }

    private async Task WriteAsync(JsonObject call)
    {
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(call.ToJsonString());
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            await _reading;
            throw Ended();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonNode.Parse(line, IgnoreCase)!.AsObject();
            if (_waiting.TryRemove((long)answer["id"]!, out var waiting)) waiting.SetResult(answer);
        }
        await _process.WaitForExitAsync();
        foreach (var waiting in _waiting.Values) waiting.TrySetException(Ended());
    }

    private InvalidOperationException Ended()
    {
        lock (_errors) return new InvalidOperationException($"The client's process has ended: {_errors}");
    }

    private void NoteError(string? line)
    {
        lock (_errors) _errors.AppendLine(line);
    }

    private static SqsRefusedException Refusal(JsonObject error) =>
        new((string)error["code"]!, (string?)error["shape"], (int?)error["status"], (string?)error["message"] ?? "");
}
