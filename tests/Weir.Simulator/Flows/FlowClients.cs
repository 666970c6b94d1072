using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Simulator;

// The clients of a flow. Each request goes on when the broker answers, on the simulation's thread; one whose process
// ends before that never does, and what it asked for may have happened or not.
internal sealed class FlowClients(
    FlowMachine machine, FlowLedger ledger, ScheduleLedger schedules, Coverage coverage, Trace trace)
{
    public void Do(FlowOperation operation) => Run(operation switch
    {
        FlowSend send => SendAsync(send),
        FlowTake take => TakeAsync(take),
        MakeQueue make => MakeAsync(make.Queue, make.MessagesMax),
        PutPipe put => PutAsync(put),
        SwitchPipe change => SwitchAsync(change),
        DropPipe drop => DropAsync(drop.Pipe),
        PutSchedule put => PutAsync(put),
        DropSchedule drop => DropScheduleAsync(drop.Slot),
        _ => throw new InvalidOperationException($"{operation} is none of a flow."),
    });

    // What became of what the process before left unanswered.
    public void LearnSchedules()
    {
        for (var slot = 0; slot < FlowNames.Slots; slot++) Run(LearnAsync(slot));
    }

    public async Task DropSchedulesAsync()
    {
        for (var slot = 0; slot < FlowNames.Slots; slot++) await DropScheduleAsync(slot).ConfigureAwait(false);
    }

    // What every flow has. Called until it is all there.
    public void Prepare(int receivesMax) => Run(PrepareAsync(receivesMax));

    public async Task DropAsync(int pipe)
    {
        var outcome = await machine.Pipes.DeleteAsync(FlowNames.Pipe(pipe)).ConfigureAwait(false);
        Note($"pipe {pipe} is deleted", outcome.Fault);
    }

    // Creates a queue, or changes how many messages the one that is there takes.
    public async Task MakeAsync(int queue, int? messagesMax, QueueConfigPatch? patch = null)
    {
        var name = FlowNames.Queues[queue];
        var flow = new FlowPatch { MessagesMax = messagesMax ?? 0 };
        patch = (patch ?? new()) with { Retention = TimeSpan.FromDays(14), Flow = flow };
        var tags = ImmutableSortedDictionary<string, string>.Empty;
        var created = await ExecuteAsync(new CreateQueueCommand(name, patch, tags)).ConfigureAwait(false);
        var fault = created.Fault;
        if (fault?.Code == FaultCode.QueueExists)
        {
            fault = (await ExecuteAsync(new ConfigureQueueCommand(name, new QueueConfigPatch { Flow = flow }))
                .ConfigureAwait(false)).Fault;
        }

        Note($"queue {name.Name} takes {messagesMax}", fault);
    }

    public async Task<int> TakeAsync(FlowTake take)
    {
        var name = FlowNames.Queues[take.Queue];
        var visibility = TimeSpan.FromSeconds(take.Deletes ? 30 : take.VisibilitySeconds);
        var received = await machine.Broker!.ReceiveAsync(
            new ReceiveCommand(name, take.Max, visibility, null), TimeSpan.Zero, default).ConfigureAwait(false);
        Note($"{take} -> {(received.IsOk ? received.Value.Count : 0)}", received.Fault);
        if (!received.IsOk) return 0;
        foreach (var message in received.Value) See(take.Queue, message);
        if (take.Deletes && received.Value.Count > 0)
            await DeleteAsync(take.Queue, received.Value).ConfigureAwait(false);
        return received.Value.Count;
    }

    // A client that finds what must not be ends the simulation.
    public void Run(Task request)
    {
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await request.ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                machine.Failure ??= failure as SimulationFailureException
                    ?? new SimulationFailureException($"A request failed: {failure.Message}", failure);
            }
        }
    }

    private async Task PrepareAsync(int receivesMax)
    {
        foreach (var queue in (int[])[2, 3, 6, 7, FlowNames.Events]) await MakeAsync(queue, null).ConfigureAwait(false);
        foreach (var source in (int[])[FlowNames.Source, FlowNames.FifoSource])
        {
            var letters = FlowNames.Queues[FlowNames.LettersOf(source)];
            await MakeAsync(source, null, new QueueConfigPatch
            {
                VisibilityTimeout = TimeSpan.FromSeconds(receivesMax % 2 == 0 ? 30 : 5),
                Redrive = new(receivesMax == 0 ? null : new RedrivePolicy(letters, receivesMax)),
            }).ConfigureAwait(false);
        }

        var topics = new TopicDirectory(machine.Broker!);
        await topics.CreateAsync(FlowNames.Topic, new TopicConfig(), _ => null).ConfigureAwait(false);
        foreach (var queue in (int[])[FlowNames.FirstOfTopic, FlowNames.SecondOfTopic])
        {
            var subscription = new SubscriptionConfig
            {
                Id = Answers.Id(queue), Owner = FlowNames.Topic.Account, Queue = FlowNames.Queues[queue], IsRaw = true,
            };
            await topics.SubscribeAsync(FlowNames.Topic, subscription, _ => null).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(FlowSend send)
    {
        ledger.Ask(send);
        var outcome = await ExecuteAsync(FlowMessages.Command(send)).ConfigureAwait(false);
        for (var i = 0; outcome.IsOk && i < send.Count; i++)
        {
            if (!outcome.Value[i].IsOk) continue;
            coverage.Count("acknowledged");
            ledger.Acknowledge(send.FirstNumber + i);
        }

        Note($"{send}", outcome.Fault);
    }

    private void See(int queue, ReceivedMessage message)
    {
        var lease = message.Lease;
        if (queue == FlowNames.Events)
        {
            var body = Encoding.UTF8.GetString(message.Content.Body.Span);
            if (schedules.See(lease.Sequence, body, lease.SentUnixMs) is { } amiss)
                throw new SimulationFailureException(amiss);
            return;
        }

        if (queue >= FlowNames.Target) coverage.Count("received of pipes");
        if (lease.DeadLetterSource is not null) coverage.Count("dead letters");
        if (ledger.See(queue, lease.Sequence, message.Content.Body, lease.GroupId) is { } wrong)
            throw new SimulationFailureException(wrong);
    }

    private async Task DeleteAsync(int queue, IReadOnlyList<ReceivedMessage> messages)
    {
        ledger.Ask(queue, messages.Select(message => message.Lease.Sequence));
        var handles = messages.Select(message => message.Lease.Receipt.ToString()).ToArray();
        var outcome = await ExecuteAsync(new DeleteCommand(FlowNames.Queues[queue], handles)).ConfigureAwait(false);
        for (var i = 0; outcome.IsOk && i < handles.Length; i++)
        {
            if (outcome.Value[i].IsOk) ledger.Deleted(queue, messages[i].Lease.Sequence);
        }
    }

    private async Task PutAsync(PutPipe put)
    {
        // A change of the source is no more than a change: a pipe of another source has another name in practice.
        ledger.Ask(put);
        var (name, config) = (FlowNames.Pipe(put.Pipe), FlowNames.Config(put));
        var created = await machine.Pipes.CreateAsync(name, config).ConfigureAwait(false);
        if (!created.IsOk)
        {
            created = await machine.Pipes.ConfigureAsync(name, present => config with
            {
                CreatedUnixMs = present.CreatedUnixMs, IsStopped = present.IsStopped,
            }).ConfigureAwait(false);
        }

        if (created.IsOk) coverage.Count("pipes put");
        Note($"{put}", created.Fault);
    }

    private async Task SwitchAsync(SwitchPipe change)
    {
        var outcome = await machine.Pipes.ConfigureAsync(
            FlowNames.Pipe(change.Pipe), pipe => pipe with { IsStopped = change.IsStopped }).ConfigureAwait(false);
        if (outcome.IsOk) coverage.Count(change.IsStopped ? "pipes stopped" : "pipes started");
        Note($"{change}", outcome.Fault);
    }

    private async Task PutAsync(PutSchedule put)
    {
        var secondMs = machine.Time.NowMs / 1000 * 1000;
        var model = new ScheduleModel(put, secondMs + (put.Value * 1000L));
        schedules.Ask(model);
        var (name, config) = (FlowNames.Schedule(put.Slot), FlowNames.Config(model));
        var outcome = await machine.Schedules.CreateAsync(name, config).ConfigureAwait(false);
        if (!outcome.IsOk) outcome = await machine.Schedules.UpdateAsync(name, config).ConfigureAwait(false);
        Note($"{put}", outcome.Fault);
        await LearnAsync(put.Slot).ConfigureAwait(false);
    }

    private async Task LearnAsync(int slot)
    {
        var found = await machine.Schedules.GetAsync(FlowNames.Schedule(slot)).ConfigureAwait(false);
        if (found.Fault is { Code: not FaultCode.ResourceNotFound }) return;
        int? generation = found.IsOk ? int.Parse(found.Value.Description!, CultureInfo.InvariantCulture) : null;
        var (anchorMs, modifiedMs) = found.IsOk ? (found.Value.AnchorUnixMs, found.Value.ModifiedUnixMs) : default;
        schedules.Learn(slot, generation, anchorMs, modifiedMs, machine.Time.NowMs);
    }

    private async Task DropScheduleAsync(int slot)
    {
        var outcome = await machine.Schedules.DeleteAsync(FlowNames.Schedule(slot)).ConfigureAwait(false);
        Note($"schedule {slot} is deleted", outcome.Fault);
        await LearnAsync(slot).ConfigureAwait(false);
    }

    private ValueTask<Outcome<T>> ExecuteAsync<T>(Command<T> command) => machine.Broker!.ExecuteAsync(command);

    private void Note(string what, Fault? fault) => trace.Note($"{machine.Time.NowMs} {what} {fault?.Message}");
}
