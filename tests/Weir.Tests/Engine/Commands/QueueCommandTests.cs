using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

/// <summary>Get, list, purge, tag and delete.</summary>
public sealed class QueueCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void Pages_follow_the_order_of_names_within_account_region_and_prefix()
    {
        foreach (var name in (string[])["b2", "a", "b1", "b3", "c", "b"]) _engine.Create(Named(name));
        _engine.Create(Named("b4") with { Account = "000000000002" });
        _engine.Create(Named("b4") with { Region = "us-east-1" });

        Assert.Equal("a b b1 b2 b3 c | ", List("", null, 1000));
        Assert.Equal("b b1 | b1", List("b", null, 2));
        Assert.Equal("b2 b3 | ", List("b", "b1", 2));
        Assert.Equal("b b1 b2 b3 | ", List("b", "a", 1000));
        Assert.Equal(" | ", List("b", "c", 1000));
        Assert.Equal(" | ", List("d", null, 1000));
        _engine.Do(new DeleteQueueCommand(Named("b1")));
        Assert.Equal("b2 b3 | ", List("b", "b1", 2));
    }

    [Fact]
    public void Dead_letter_sources_come_in_pages()
    {
        _engine.Create(Failed);
        foreach (var name in (string[])["c", "a", "b"])
            _engine.Create(Named(name), new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        _engine.Do(new DeleteQueueCommand(Named("b")));

        var first = _engine.Do(new ListDeadLetterSourcesCommand(Failed, null, 1));
        Assert.Equal("a | a", Text(first));
        var second = _engine.Do(new ListDeadLetterSourcesCommand(Failed, "a", 1));
        Assert.Equal("c | ", Text(second));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new ListDeadLetterSourcesCommand(Orders, null, 1)));
    }

    [Fact]
    public void A_purge_takes_all_and_another_must_wait_a_minute()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.ReceiveOne(Orders);
        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(9)));
        _engine.Send(Orders);
        _engine.Do(new PurgeQueueCommand(Orders));
        Assert.Equal(new QueueCounters(0, 0, 0), _engine.Counters(Orders));
        Assert.Equal(0, _engine.Shard.Live.Count);

        _engine.AdvanceSeconds(59.999);
        Assert.Equal(FaultCode.PurgeInProgress, _engine.Refused(new PurgeQueueCommand(Orders)));
        _engine.AdvanceSeconds(0.001);
        _engine.Do(new PurgeQueueCommand(Orders));
        var next = _engine.Send(Orders);
        Assert.Equal(4, next.Sequence);
    }

    [Fact]
    public void Tags_are_set_replaced_and_removed_up_to_fifty()
    {
        _engine.Create(Orders);
        Tag(new() { ["team"] = "a", ["cost"] = "1" });
        Tag(new() { ["team"] = "b" }, "cost", "absent");
        Assert.Equal([new("team", "b")], _engine.Get(Orders).Tags);

        Tag(Enumerable.Range(0, 49).ToDictionary(i => $"tag {i}", i => ""));
        Assert.Equal(FaultCode.InvalidValue, RefusedTag("one more", ""));
        Assert.Equal(50, _engine.Get(Orders).Tags.Count);
        Assert.Equal(FaultCode.InvalidValue, RefusedTag(new string('k', 257), ""));
        Assert.Equal(FaultCode.InvalidValue, RefusedTag("team", new string('v', 513)));
        Assert.Equal(_engine.Checkpoint(), Checkpoint(_engine.Recover()));
    }

    [Fact]
    public void A_deleted_queue_is_gone_with_its_messages_and_one_of_its_name_begins_anew()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.Do(new DeleteQueueCommand(Orders));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new GetQueueCommand(Orders)));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new DeleteQueueCommand(Orders)));
        Assert.Equal(0, _engine.Shard.Live.Count);

        _engine.Create(Orders);
        Assert.Empty(_engine.Receive(Orders));
    }

    [Fact]
    public void A_watch_tells_once_that_something_happened()
    {
        _engine.Create(Orders);
        var watch = Assert.IsType<QueueWatch>(_engine.Shard.Watch(Orders));
        var changed = new List<QueueWatch>();
        Assert.False(_engine.Shard.TakeChanged(changed));

        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(1)));
        _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(2)));
        Assert.True(_engine.Shard.TakeChanged(changed));
        Assert.Equal([watch], changed);
        Assert.Equal((false, _engine.NowUnixMs + 1000), (watch.HasReady, watch.NextVisibleUnixMs));
        _engine.AdvanceSeconds(1);
        _engine.Get(Orders);
        Assert.Equal((true, _engine.NowUnixMs + 1000), (watch.HasReady, watch.NextVisibleUnixMs));

        _engine.Do(new DeleteQueueCommand(Orders));
        Assert.True(watch.IsGone);
        Assert.Null(_engine.Shard.Watch(Orders));
    }

    private string List(string prefix, string? after, int max) =>
        Text(_engine.Do(new ListQueuesCommand(Orders.Account, Orders.Region, prefix, after, max)));

    private static string Text(QueuePage page) =>
        $"{string.Join(' ', page.Queues.Select(name => name.Name))} | {page.Next}";

    private void Tag(Dictionary<string, string> set, params string[] remove) =>
        _engine.Do(new TagQueueCommand(Orders, set, remove));

    private FaultCode RefusedTag(string key, string value) =>
        _engine.Refused(new TagQueueCommand(Orders, new Dictionary<string, string> { [key] = value }, []));
}
