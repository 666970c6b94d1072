using Microsoft.Extensions.Logging;
using Weir.Broker.Endpoints;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Pipes;

/// <summary>What all pipes work with.</summary>
/// <param name="Render">The event that a message of a queue becomes, as JSON in the form of the protocol.</param>
internal sealed record PipeParts(
    Broker Broker, Forwarder Forwarder,
    Func<QueueName, ReceivedMessage, ValueTask<Outcome<ReadOnlyMemory<byte>>>> Render,
    ApiDestinationCaller? Caller, TimeProvider Time, ILogger Logger);

/// <summary>Runs the pipes that are not stopped.</summary>
public sealed class PipeRunner : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PipeName, (PipeConfig Config, PipeLoop Loop)> _running = [];
    private readonly List<PipeLoop> _ending = [];
    private readonly PipeParts _parts;
    private bool _isDisposed;

    /// <param name="render">The event that a message of a queue becomes, as JSON in the form of the protocol.</param>
    /// <param name="caller">Calls what enriches; null: such pipes pass nothing on.</param>
    public PipeRunner(
        Broker broker, Func<QueueName, ReceivedMessage, ValueTask<Outcome<ReadOnlyMemory<byte>>>> render,
        ApiDestinationCaller? caller, ILogger logger) =>
        _parts = new PipeParts(broker, new Forwarder(broker, logger), render, caller, broker.Time, logger);

    /// <summary>Starts all pipes that there are.</summary>
    public void Start()
    {
        foreach (var pipe in PipeDirectory.PipesIn(_parts.Broker.Definitions)) Refresh(pipe);
    }

    /// <summary>To be called after each change of a pipe.</summary>
    public void Refresh(PipeName name)
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            var config = PipeDirectory.Find(_parts.Broker.Definitions, name);
            var isWanted = config is { IsStopped: false };
            if (_running.TryGetValue(name, out var present))
            {
                if (isWanted && present.Config == config && !present.Loop.Ended.IsCompleted) return;
                End(name, present.Loop);
            }

            if (isWanted) _running[name] = (config!, new PipeLoop(name, config!, _parts));
        }
    }

    /// <summary>Why nothing, or not everything, was passed on lately; null when all was, or when it does not run.
    /// </summary>
    public string? TroubleOf(PipeName name)
    {
        lock (_lock) return _running.TryGetValue(name, out var pipe) ? pipe.Loop.Trouble : null;
    }

    /// <summary>Ends all pipes and gives back what they lease; to be done before the broker ends.</summary>
    public async ValueTask DisposeAsync()
    {
        PipeLoop[] ending;
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var (name, pipe) in _running.ToArray()) End(name, pipe.Loop);
            ending = [.. _ending];
        }

        await Task.WhenAll(ending.Select(loop => loop.Ended)).ConfigureAwait(false);
        foreach (var loop in ending) loop.Dispose();
    }

    private void End(PipeName name, PipeLoop loop)
    {
        loop.Stop();
        _running.Remove(name);
        foreach (var ended in _ending.Where(before => before.Ended.IsCompleted).ToArray())
        {
            ended.Dispose();
            _ending.Remove(ended);
        }

        _ending.Add(loop);
    }
}
