using System.Collections.Immutable;
using CsCheck;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Commands;

/// <summary>No command asks for more bytes of its frame than it declared; the harness tests that at each one.</summary>
public sealed class RecordBytesMaxTests
{
    private static readonly Gen<string> Text = Gen.Select(
        Gen.Int[0, 5], Gen.Int[1, 256], (kind, length) => string.Concat(Enumerable.Repeat(
            kind switch { 0 => "a", 1 => "ü", 2 => "\uffff", 3 => "\U0001F30A", 4 => "\ud800", _ => "\r" },
            Math.Max(1, kind == 3 ? length / 2 : length))));

    private static readonly Gen<QueueName> Name = Gen.Select(
        Text, Text, Text, (account, region, name) => new QueueName(account, region, name + "x"));

    [Fact]
    public void Not_even_with_the_longest_and_strangest_texts() => Gen.Select(
        Name, Name.Array[1, 30], Text.Array[1, 60], Text, Text).Sample((name, others, texts, group, id) =>
    {
        var engine = new EngineHarness();
        var fifo = name with { Name = name.Name + QueueName.FifoSuffix };
        var dead = fifo with { Name = "dead" + fifo.Name };
        var tags = texts.Distinct().Take(50).ToImmutableSortedDictionary(
            text => text, text => text + text, StringComparer.Ordinal);
        var patch = new QueueConfigPatch
        {
            RedriveAllow = new(new RedriveAllowPolicy(RedrivePermission.ByQueue, [fifo, .. others])),
            Opaque = tags.ToImmutableSortedDictionary(
                tag => tag.Key, tag => (string?)tag.Value, StringComparer.Ordinal),
        };
        engine.Run(new CreateQueueCommand(dead, patch, tags));
        engine.Run(new CreateQueueCommand(
            fifo, patch with { Redrive = new(new RedrivePolicy(dead, 1)) }, tags));
        engine.Run(new ConfigureQueueCommand(fifo, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(1) }));
        engine.Run(new ConfigureQueueCommand(fifo, new QueueConfigPatch { Delay = TimeSpan.Zero }));
        engine.Run(new TagQueueCommand(fifo, tags, []));
        engine.Run(new SendCommand(fifo, [.. Enumerable.Range(0, 10).Select(i => engine.Entry(group, id + i))]));
        for (var i = 0; i < 3; i++)
        {
            engine.Run(new ReceiveCommand(fifo, 5, TimeSpan.FromSeconds(i), id));
            engine.Run(new ReceiveCommand(fifo, 5, TimeSpan.FromSeconds(i), id));
            engine.AdvanceSeconds(i);
        }

        Assert.NotEqual(0, engine.Counters(dead).Visible);
        var task = engine.NewId();
        engine.Run(new StartMoveTaskCommand(task, dead, fifo, null));
        engine.AdvanceSeconds(1);
        engine.Run(new StepMoveTaskCommand(task, [engine.NewId(), engine.NewId()]));
        engine.Run(new CancelMoveTaskCommand(dead, task));
        var (filtered, text) = (engine.NewId(), texts[0]);
        engine.Run(new StartMoveTaskCommand(filtered, dead, fifo, null) { Filter = text });
        engine.Run(new StepMoveTaskCommand(filtered, [engine.NewId()], _ => false));
        engine.Checkpoint();
    }, iter: 200);

    [Fact]
    public void Nor_when_many_leases_are_ended_in_one()
    {
        var engine = new EngineHarness();
        engine.Create(EngineHarness.Orders);
        for (var i = 0; i < 20; i++) engine.Send(EngineHarness.Orders);
        var handles = engine.Receive(EngineHarness.Orders).Select(message => message.Receipt.ToString()).ToArray();
        var changes = handles.Select(handle => new VisibilityChange(handle, TimeSpan.FromSeconds(1))).ToArray();
        engine.Do(new ChangeVisibilityCommand(EngineHarness.Orders, changes));
        engine.Do(new DeleteCommand(EngineHarness.Orders, handles));
        engine.Do(new PurgeQueueCommand(EngineHarness.Orders));
        engine.Do(new DeleteQueueCommand(EngineHarness.Orders));
    }
}
