using CsCheck;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Engine.Queues;

/// <summary>A standard queue gives the messages of noisy groups after those of quiet ones.</summary>
public sealed class FairQueueTests
{
    private static readonly QueueName Queue = EngineHarness.Orders;

    [Fact]
    public void A_quiet_group_goes_first_once_a_noisy_one_has_30_in_flight_and_more_than_a_tenth()
    {
        var engine = NewEngine();
        for (var i = 0; i < 40; i++) Send(engine, "noisy");
        Send(engine, "quiet");
        Assert.Equal(Enumerable.Repeat("noisy", 30), ReceiveGroups(engine, 30));
        Assert.Equal("quiet", ReceiveGroup(engine));
        Assert.Equal("noisy", ReceiveGroup(engine));
    }

    [Fact]
    public void Fewer_than_30_in_flight_are_not_noisy()
    {
        var engine = NewEngine();
        for (var i = 0; i < 40; i++) Send(engine, "many");
        Send(engine, "few");
        ReceiveGroups(engine, 29);
        Assert.Equal("many", ReceiveGroup(engine));
    }

    [Fact]
    public void A_tenth_of_what_is_in_flight_is_not_noisy()
    {
        var engine = NewEngine();
        for (var i = 0; i < 270; i++) Send(engine, $"other {i}");
        for (var i = 0; i < 32; i++) Send(engine, "tenth");
        Send(engine, "quiet");

        // 30 of 300 are a tenth; with the next one it is more than a tenth.
        ReceiveGroups(engine, 300);
        Assert.Equal("tenth", ReceiveGroup(engine));
        Assert.Equal("quiet", ReceiveGroup(engine));
    }

    [Fact]
    public void A_message_without_a_group_is_a_quiet_tenant_of_its_own()
    {
        var engine = NewEngine();
        for (var i = 0; i < 40; i++) Send(engine, "noisy");
        for (var i = 0; i < 40; i++) Send(engine, group: null);
        ReceiveGroups(engine, 30);
        Assert.Equal(Enumerable.Repeat<string?>(null, 40), ReceiveGroups(engine, 40));
    }

    [Fact]
    public void Among_noisy_groups_the_one_with_the_fewest_in_flight_goes_first()
    {
        var engine = NewEngine();
        for (var i = 0; i < 36; i++) Send(engine, "a");
        for (var i = 0; i < 33; i++) Send(engine, "b");

        // Once a has 30 in flight b goes first until it has as many; then they take turns, the older one first.
        Assert.Equal(Enumerable.Repeat("a", 30).Concat(Enumerable.Repeat("b", 30)), ReceiveGroups(engine, 60));
        Assert.Equal(["a", "b", "a", "b", "a", "b", "a", "a", "a"], ReceiveGroups(engine, 9));
    }

    [Fact]
    public void A_noisy_group_is_given_at_once_while_nobody_else_waits()
    {
        var engine = NewEngine();
        for (var i = 0; i < 200; i++) Send(engine, "noisy");
        Assert.Equal(Enumerable.Repeat("noisy", 200), ReceiveGroups(engine, 200));
    }

    [Fact]
    public void A_slow_group_is_noisy_by_its_processing_time_until_that_is_two_minutes_ago()
    {
        var engine = NewEngine();
        Send(engine, "slow");
        var lease = engine.ReceiveOne(Queue, visibility: 600);
        engine.AdvanceSeconds(120);
        engine.Delete(Queue, lease);
        Assert.Equal(["quick", "slow"], SendBoth());
        engine.AdvanceSeconds(120);
        Assert.Equal(["slow", "quick"], SendBoth());

        List<string?> SendBoth()
        {
            Send(engine, "slow");
            Send(engine, "quick");
            var leases = engine.Receive(Queue);
            foreach (var message in leases) engine.Delete(Queue, message);
            return [.. leases.Select(message => message.GroupId)];
        }
    }

    [Fact]
    public void A_quiet_message_is_found_behind_a_backlog_that_is_in_the_log()
    {
        var engine = NewEngine();
        for (var i = 0; i < 500; i++) Send(engine, "noisy");
        Send(engine, "quiet");
        ReceiveGroups(engine, 30);
        Assert.Equal("quiet", ReceiveGroup(engine));
        engine.Restart(fromCheckpoint: true);
        Send(engine, "late");
        Assert.Equal("late", ReceiveGroup(engine));
        engine.Restart(fromCheckpoint: false);
        Assert.Equal(Enumerable.Repeat("noisy", 470), ReceiveGroups(engine, 470));
        Assert.Empty(engine.Receive(Queue));
    }

    [Fact]
    public void What_stands_beside_the_backlog_is_bounded()
    {
        var options = new EngineOptions { FrontMessagesMax = 4, TailMessagesMax = 8, RunMessagesMax = 4,
            PassedOverMax = 10, InReachPerGroupMax = 3, NoisyInFlightMin = 4 };
        var engine = NewEngine(options);
        for (var i = 0; i < 100; i++) Send(engine, "noisy");
        for (var i = 0; i < 5; i++) Send(engine, "quiet");
        Assert.InRange(EntryCount(), 0, 6);
        ReceiveGroups(engine, 4);

        // Three of them are in reach. The others wait behind what cannot be passed over, and are not lost.
        Assert.Equal(["quiet", "quiet", "quiet", "noisy"], ReceiveGroups(engine, 4));
        Assert.InRange(EntryCount(), 0, 10 + 8 + 6);
        Assert.Equal(97, ReceiveGroups(engine, 97).Count);

        int EntryCount() => engine.Shard.State.Find(Queue)!.EntryCount;
    }

    /// <summary>However tight the bounds are, each message is given once and none is lost.</summary>
    [Fact]
    public void Each_message_is_given_once() => Gen.Select(
        Gen.Int[1, 6], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4]).List[1, 60]).Sample(
        (front, passed, reach, steps) =>
        {
            var engine = NewEngine(new EngineOptions
            {
                FrontMessagesMax = front, TailMessagesMax = front + 1, RunMessagesMax = front, PassedOverMax = passed,
                InReachPerGroupMax = reach, NoisyInFlightMin = 1, NoisySharePercent = 30,
            });
            var (sent, given) = (new List<long>(), new List<long>());
            foreach (var (group, count) in steps)
            {
                for (var i = 0; i < count; i++) sent.Add(Send(engine, group == 3 ? null : $"g{group}").Sequence);
                if (count == 4) engine.Restart(fromCheckpoint: group % 2 == 0);
                given.AddRange(engine.Receive(Queue, count % 3 + 1).Select(message => message.Sequence));
            }

            while (engine.Receive(Queue) is { Count: > 0 } rest)
                given.AddRange(rest.Select(message => message.Sequence));
            Assert.Equal(sent, given.Order());
        });

    private static EngineHarness NewEngine(EngineOptions? options = null)
    {
        var engine = new EngineHarness(options);
        engine.Create(Queue, new QueueConfigPatch { VisibilityTimeout = TimeSpan.FromHours(1) });
        return engine;
    }

    private static SentMessage Send(EngineHarness engine, string? group) => engine.Send(Queue, engine.Entry(group));

    private static string? ReceiveGroup(EngineHarness engine) => engine.ReceiveOne(Queue).GroupId;

    private static List<string?> ReceiveGroups(EngineHarness engine, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => ReceiveGroup(engine))];
}
