using System.Collections.Immutable;
using CsCheck;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.Transfers;
using Weir.Tests.Engine.Model;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Transfers;

/// <summary>A tenant that moved to another shard is as if it had not.</summary>
public sealed class AccountExportTests
{
    private const int Iterations = 1_000;

    [Fact]
    public void Standard_queues_go_on_as_they_were() => Operations.Moving.Sample(
        operations => Compare(isFifo: false, operations), iter: Iterations, print: Operations.Print);

    [Fact]
    public void Fifo_queues_go_on_as_they_were() => Operations.Moving.Sample(
        operations => Compare(isFifo: true, operations), iter: Iterations, print: Operations.Print);

    [Fact]
    public void What_was_carried_over_comes_back_from_the_log() => Gen.Select(Gen.Bool, Operations.Moving).Sample(
        (isFifo, operations) =>
        {
            var both = new SideBySide(isFifo);
            foreach (var operation in operations) both.Do(operation);
            both.Do(new MoveTenant(500));
            var live = both.Engine.Checkpoint();
            Assert.Equal(live, Checkpoint(both.Engine.Recover()));
        },
        iter: Iterations, print: sample => $"{sample.Item1}\n{Operations.Print(sample.Item2)}");

    [Fact]
    public void Contents_definitions_and_their_revisions_come_along()
    {
        var engine = new EngineHarness();
        engine.Create(Orders);
        var scope = new ScopeName("topic", Orders.Account, Orders.Region, "news");
        engine.Do(new DefineCommand([new DefinitionChange { Scope = scope, Item = "x", Value = new byte[] { 1 } }]));
        engine.Do(new DefineCommand([new DefinitionChange { Scope = scope, Item = "x", Value = new byte[] { 2 } }]));
        for (var i = 0; i < 20; i++) engine.Send(Orders, engine.Entry(body: $"body {i}"));
        engine.MoveTo(7, 200);
        var definition = engine.Shard.Definitions.Find(scope, "x")!;
        Assert.Equal((2, 2L), (definition.Value.Span[0], definition.Revision));
        engine.Do(new DefineCommand([new DefinitionChange { Scope = scope, Item = "y", Value = new byte[] { 1 } }]));
        Assert.Equal(3, engine.Shard.Definitions.Find(scope, "y")!.Revision);
        var bodies = engine.Shard.ReadMessages().Select(message =>
            System.Text.Encoding.UTF8.GetString(Payload.Read(message.Payload, engine.ReadLog).Span));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"body {i}"), bodies);
    }

    [Fact]
    public void Another_tenant_stays()
    {
        var engine = new EngineHarness();
        var other = Orders with { Account = "000000000002" };
        engine.Create(other);
        engine.Send(other);
        engine.Create(Orders);
        engine.Send(Orders);
        while (!engine.Do(new DropAccountCommand(Orders.Account, 1)))
        {
        }

        Assert.Equal(1, engine.Shard.MessageCount);
        Assert.Equal(1, engine.Counters(other).Visible);
        Assert.Equal(FaultCode.QueueNotFound, engine.Refused(new GetQueueCommand(Orders)));
    }

    [Fact]
    public void What_was_begun_and_not_ended_is_not_there_and_can_be_begun_anew()
    {
        var source = new EngineHarness();
        source.Create(Orders);
        for (var i = 0; i < 20; i++) source.Send(Orders);
        var target = new EngineHarness(Options(small => small with { ShardNumber = 1 }));
        for (var tries = 0; tries < 2; tries++)
        {
            target.Do(new BeginImportCommand(Orders.Account, source.Shard.NowUnixMs));
            foreach (var command in source.Shard.Export(Orders.Account).TakeNext()!.Read(source.ReadLog, 300))
                target.Do(command);
            Assert.Equal(FaultCode.QueueNotFound, target.Refused(new GetQueueCommand(Orders)));
            Assert.True(target.Shard.IsImporting);
            Assert.Throws<InvalidOperationException>(target.Shard.BeginCheckpoint);
            var again = target.Recover();
            Assert.Equal((false, 0, 0), (again.IsImporting, again.MessageCount, again.Live.Bytes));
        }

        target.Do(new EndImportCommand(Orders.Account, isKept: false));
        Assert.Equal((0, 0), (target.Shard.MessageCount, target.Shard.Live.Bytes));
        Assert.Equal(FaultCode.ConfigChanged, target.Refused(new EndImportCommand(Orders.Account, isKept: true)));
        Assert.Equal(Checkpoint(target.Recover()), target.Checkpoint());
    }

    [Fact]
    public void Nothing_comes_in_where_something_of_the_tenant_is()
    {
        var engine = new EngineHarness();
        engine.Create(Orders);
        Assert.Equal(FaultCode.Unavailable, engine.Refused(new BeginImportCommand(Orders.Account, 0)));
    }

    [Fact]
    public void Time_does_not_go_back()
    {
        var engine = new EngineHarness();
        var later = engine.NowUnixMs + 100_000;
        engine.Do(new BeginImportCommand(Orders.Account, later));
        Assert.Equal(later, engine.Shard.NowUnixMs);
        Assert.Equal(later, engine.Recover().NowUnixMs);
    }

    [Fact]
    public void Queues_of_different_shards_have_different_ids()
    {
        var engine = new EngineHarness();
        engine.Create(Orders);
        var before = engine.Send(Orders);
        engine.MoveTo(3, 1000);
        engine.Create(Failed);
        engine.Send(Failed);
        Assert.Equal(1, engine.ReceiveOne(Orders).Receipt.QueueId);
        Assert.Equal((3L << 40) | 1, engine.ReceiveOne(Failed).Receipt.QueueId);
        Assert.Equal(1, before.Sequence);
        Assert.Equal(
            FaultCode.None,
            engine.Run(new CreateQueueCommand(
                Named("third"), QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty)).Fault?.Code
            ?? FaultCode.None);
    }

    private static void Compare(bool isFifo, List<Operation> operations)
    {
        var both = new SideBySide(isFifo);
        var looksOften = operations.Count % 2 == 0;
        foreach (var operation in operations)
        {
            both.Do(operation);
            if (looksOften) both.CompareState(operation);
        }

        both.CompareState(operations[^1]);
    }
}
