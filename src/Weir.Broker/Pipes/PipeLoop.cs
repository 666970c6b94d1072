using Microsoft.Extensions.Logging;
using Weir.Broker.Endpoints;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Pipes;

/// <summary>
/// Passes a pipe's messages on, batch by batch. The commit that puts a message where it goes takes it from its queue:
/// both happen or neither, so each is passed on exactly once. What cannot be passed on waits for the end of its lease
/// and comes again; the queue's redrive policy ends that.
/// </summary>
internal sealed partial class PipeLoop : IDisposable
{
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(20);

    /// <summary>After a refusal: the queue is gone, or too much is to be done. Doubles up to the longest.</summary>
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <summary>What a lease must outlast beside the time that a batch waits to be full.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(30);

    private readonly PipeName _name;
    private readonly PipeConfig _config;
    private readonly PipeRoute _route;
    private readonly PipeParts _parts;
    private readonly PipeSender _sender;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;

    public PipeLoop(PipeName name, PipeConfig config, PipeParts parts)
    {
        (_name, _config, _parts, _sender) = (name, config, parts, new PipeSender(name));
        _route = PipeRoute.Compile(config).Value;
        _stopped = _stop.Token;
        Ended = parts.Broker.RunLoop(RunAsync);
    }

    public Task Ended { get; }

    /// <summary>Why nothing, or not everything, was passed on lately; null when all was.</summary>
    public string? Trouble { get; private set; }

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        try
        {
            while (!_stopped.IsCancellationRequested)
            {
                var batch = await ReceiveAsync().ConfigureAwait(true);
                if (batch.Count > 0) await PassOnOrReturnAsync(batch).ConfigureAwait(true);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // All that was leased went back where it was leased.
        }
        catch (Exception failure)
        {
            Trouble = "It broke off; the log tells why.";
            LogBroken(_parts.Logger, _name, failure);
        }
    }

    /// <summary>What there is, or, with a window, what comes until a batch is full or the window past.</summary>
    private async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync()
    {
        var visibility = await VisibilityAsync().ConfigureAwait(true);
        var batch = await ReceiveAsync(_config.BatchSize, PollWait, visibility).ConfigureAwait(true);
        if (batch.Count == 0 || _config.WindowSeconds == 0) return batch;
        var all = new List<ReceivedMessage>(batch);
        var start = _parts.Time.GetTimestamp();
        var window = TimeSpan.FromSeconds(_config.WindowSeconds);
        try
        {
            while (all.Count < _config.BatchSize && window - _parts.Time.GetElapsedTime(start) is var left
                && left > TimeSpan.Zero)
            {
                var wait = left < PollWait ? left : PollWait;
                all.AddRange(await ReceiveAsync(_config.BatchSize - all.Count, wait, visibility).ConfigureAwait(true));
            }
        }
        catch (OperationCanceledException)
        {
            _parts.Broker.ReturnToQueue(_config.Source, all);
            throw;
        }

        return all;
    }

    private async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan? visibility)
    {
        for (var pause = PauseMin; ; pause = Longer(pause))
        {
            var receive = new ReceiveCommand(_config.Source, max, visibility, attemptId: null)
            {
                IsForBroker = true,
            };
            var outcome = await _parts.Broker.ReceiveAsync(receive, wait, _stopped).ConfigureAwait(true);
            if (outcome.IsOk) return outcome.Value;
            Note(outcome.Fault);
            await Task.Delay(pause, _parts.Time, _stopped).ConfigureAwait(true);
        }
    }

    /// <summary>Null: the queue's own. A batch that waits must not outlive its leases.</summary>
    private async Task<TimeSpan?> VisibilityAsync()
    {
        if (_config.WindowSeconds == 0) return null;
        var queue = await _parts.Broker.ExecuteAsync(new GetQueueCommand(_config.Source)).ConfigureAwait(true);
        var needed = TimeSpan.FromSeconds(_config.WindowSeconds) + LeaseMargin;
        return queue.IsOk && queue.Value.Config.VisibilityTimeout > needed ? null : needed;
    }

    private async Task PassOnOrReturnAsync(IReadOnlyList<ReceivedMessage> batch)
    {
        try
        {
            await PassOnAsync(batch).ConfigureAwait(true);
        }
        catch (OperationCanceledException)
        {
            // The receipts of those that were passed on count no more.
            _parts.Broker.ReturnToQueue(_config.Source, batch);
            throw;
        }
    }

    /// <summary>
    /// Messages of a FIFO queue go on in rounds, of each group the next one, so that none overtakes one of its group
    /// that was refused; those of other queues go on all at once.
    /// </summary>
    private async Task PassOnAsync(IReadOnlyList<ReceivedMessage> batch)
    {
        if (!_config.Source.HasFifoSuffix)
        {
            await ForwardAsync(batch).ConfigureAwait(true);
            return;
        }

        var groups = batch.GroupBy(message => message.Lease.GroupId).Select(group => new Queue<ReceivedMessage>(group))
            .ToList();
        while (groups.Count > 0)
        {
            var refused = await ForwardAsync([.. groups.Select(group => group.Dequeue())]).ConfigureAwait(true);
            for (var i = groups.Count - 1; i >= 0; i--)
            {
                if (refused[i]) _parts.Broker.ReturnToQueue(_config.Source, [.. groups[i]]);
                if (refused[i] || groups[i].Count == 0) groups.RemoveAt(i);
            }
        }
    }

    /// <returns>For each message whether it was refused.</returns>
    private async Task<bool[]> ForwardAsync(IReadOnlyList<ReceivedMessage> messages)
    {
        var refused = new bool[messages.Count];
        var left = Enumerable.Range(0, messages.Count).ToArray();
        for (var pause = PauseMin; ; pause = Longer(pause))
        {
            var units = new Outgoing[left.Length];
            for (var i = 0; i < units.Length; i++) units[i] = await MakeAsync(messages[left[i]]).ConfigureAwait(true);
            var outcomes = await _parts.Forwarder.ForwardAsync(units).ConfigureAwait(true);
            for (var i = 0; i < left.Length; i++) refused[left[i]] = !outcomes[i].IsOk;
            if (outcomes.FirstOrDefault(outcome => !outcome.IsOk).Fault is not { } fault)
            {
                Trouble = null;
                return refused;
            }

            Note(fault);
            left = [.. left.Where((_, i) => IsPassing(outcomes[i].Fault))];
            if (left.Length == 0) return refused;

            // Their leases hold still, or they are refused for that and come again.
            await Task.Delay(pause, _parts.Time, _stopped).ConfigureAwait(true);
        }
    }

    private async ValueTask<Outgoing> MakeAsync(ReceivedMessage message)
    {
        var outgoing = new Outgoing(_config.Source.Account, _parts.Broker.Ids)
        {
            Consume = [new Consumption(_config.Source, [message.Lease.Receipt])],
        };
        var rendered = await _parts.Render(_config.Source, message).ConfigureAwait(true);
        if (!rendered.IsOk)
        {
            outgoing.Refuse(rendered.Fault);
            return outgoing;
        }

        var pipeEvent = rendered.Value;
        if (!_route.Wants(pipeEvent)) return outgoing;
        if (_config.Enrichment is { } endpoint)
        {
            var enriched = await EnrichAsync(endpoint, pipeEvent).ConfigureAwait(true);
            if (!enriched.IsOk)
            {
                outgoing.Refuse(enriched.Fault);
                return outgoing;
            }

            pipeEvent = enriched.Value;
            if (PipeAnswer.IsNothing(pipeEvent.Span)) return outgoing;
        }

        var destination = _route.DestinationOf(pipeEvent);
        if (!destination.IsOk)
        {
            outgoing.Refuse(destination.Fault);
            return outgoing;
        }

        var now = _parts.Time.GetUtcNow();
        var content = new MessageContent
        {
            Body = _route.Make(_name, pipeEvent, now),
            SenderId = _name.Account,
            TraceHeader = message.Content.TraceHeader,
        };
        new DestinationResolver(_parts.Broker.Definitions, _parts.Broker.Ids, now)
            .Send(outgoing, _sender, destination.Value, content, _name.Account);
        return outgoing;
    }

    /// <summary>What the API destination answers, or why there is nothing to go on with.</summary>
    private async ValueTask<Outcome<ReadOnlyMemory<byte>>> EnrichAsync(
        EndpointName endpoint, ReadOnlyMemory<byte> pipeEvent)
    {
        if (_parts.Caller is not { } caller)
            return new Fault(FaultCode.Unavailable, "Nothing calls API destinations here.");
        var parameters = _route.ParametersOf(pipeEvent);
        if (!parameters.IsOk) return parameters.Fault;
        var body = _route.Ask(_name, pipeEvent, _parts.Time.GetUtcNow());
        var answer = await caller.CallAsync(endpoint, body, parameters.Value, _stopped).ConfigureAwait(true);
        if (!answer.IsOk) return new Fault(FaultCode.InvalidValue, $"The enrichment failed: {answer.Error}");
        return PipeAnswer.IsNothing(answer.Body.Span) || PipeAnswer.IsJson(answer.Body.Span)
            ? answer.Body
            : new Fault(FaultCode.InvalidValue, "The enrichment failed: its answer is no JSON.");
    }

    /// <summary>True for what is over when there is less to do.</summary>
    private static bool IsPassing(Fault? fault) =>
        fault?.Code is FaultCode.Overloaded or FaultCode.QueueFull or FaultCode.QuotaReached or FaultCode.DiskFull
            or FaultCode.Unavailable;

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < PauseMax ? pause * 2 : PauseMax;

    private void Note(Fault fault)
    {
        if (Trouble == fault.Message) return;
        Trouble = fault.Message;
        LogTrouble(_parts.Logger, _name, fault.Message);
    }

    [LoggerMessage(LogLevel.Error, "Pipe {Pipe}: messages stay in its queue and are tried again: {Reason}")]
    private static partial void LogTrouble(ILogger logger, PipeName pipe, string reason);

    [LoggerMessage(LogLevel.Critical, "Pipe {Pipe} broke off; stop and start it")]
    private static partial void LogBroken(ILogger logger, PipeName pipe, Exception failure);
}
