using System.Collections.Immutable;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class CreateQueueCommandTests
{
    private readonly EngineHarness _engine = new(new EngineOptions { NameReuseDelay = TimeSpan.FromSeconds(60) });

    [Fact]
    public void A_queue_has_the_documented_defaults()
    {
        var queue = _engine.Create(Orders);
        Assert.Equal(TimeSpan.Zero, queue.Config.Delay);
        Assert.Equal(TimeSpan.FromSeconds(30), queue.Config.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromDays(4), queue.Config.Retention);
        Assert.Equal(1_048_576, queue.Config.MessageBytesMax);
        Assert.False(queue.Config.IsFifo);
        Assert.True(_engine.Create(Fifo).Config.IsFifo);
        Assert.Equal((_engine.NowUnixMs, _engine.NowUnixMs, 1L),
            (queue.CreatedUnixMs, queue.ModifiedUnixMs, queue.Revision));
    }

    [Fact]
    public void The_same_again_is_the_same_queue()
    {
        var patch = new QueueConfigPatch { Delay = TimeSpan.FromSeconds(5) };
        _engine.Create(Orders, patch);
        _engine.Send(Orders);

        Assert.Equal(1, _engine.Create(Orders, patch).Counters.Delayed);
        Assert.Equal(1, _engine.Create(Orders).Counters.Delayed);
        Assert.Equal(1, _engine.Shard.QueueCount);
    }

    [Fact]
    public void Another_value_of_an_attribute_is_refused()
    {
        _engine.Create(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(5) });
        Assert.Equal(FaultCode.QueueExists, Refused(Orders, new() { Delay = TimeSpan.FromSeconds(6) }));
        Assert.Equal(FaultCode.QueueExists, Refused(Orders, new() { VisibilityTimeout = TimeSpan.FromSeconds(6) }));
        Assert.Equal(FaultCode.QueueExists, Refused(Orders, new()
        {
            Opaque = new QueueConfigPatch().Opaque.Add("Policy", "{}"),
        }));
    }

    [Fact]
    public void A_deleted_name_rests_for_the_time_that_is_set()
    {
        _engine.Create(Orders);
        _engine.Do(new DeleteQueueCommand(Orders));
        _engine.AdvanceSeconds(59.999);
        Assert.Equal(FaultCode.QueueDeletedRecently, Refused(Orders, QueueConfigPatch.Empty));
        Assert.Equal(_engine.Checkpoint(), Checkpoint(_engine.Recover()));
        _engine.AdvanceSeconds(0.001);
        _engine.Create(Orders);
    }

    [Fact]
    public void What_only_a_fifo_queue_has_a_standard_queue_refuses()
    {
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, new() { ContentBasedDeduplication = true }));
        Assert.Equal(FaultCode.InvalidValue,
            Refused(Orders, new() { DeduplicationScope = DeduplicationScope.MessageGroup }));

        // The throughput limit of a group also asks for the deduplication scope of a group.
        var perGroup = new QueueConfigPatch { ThroughputLimit = ThroughputLimit.PerMessageGroup };
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, perGroup));
        Assert.Equal(FaultCode.InvalidValue, Refused(Fifo, perGroup));
        _engine.Create(Fifo, perGroup with { DeduplicationScope = DeduplicationScope.MessageGroup });
    }

    [Fact]
    public void A_dead_letter_queue_must_be_there_of_its_kind_allow_it_and_be_another()
    {
        _engine.Create(FailedFifo);
        _engine.Create(Failed, new QueueConfigPatch
        {
            RedriveAllow = new(new RedriveAllowPolicy(RedrivePermission.ByQueue, [Orders])),
        });
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, RedriveTo(Orders)));
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, RedriveTo(Named("absent"))));
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, RedriveTo(FailedFifo)));
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, RedriveTo(Failed with { Region = "elsewhere" })));
        Assert.Equal(FaultCode.InvalidValue, Refused(Named("other"), RedriveTo(Failed)));
        _engine.Create(Orders, RedriveTo(Failed));
    }

    [Fact]
    public void More_attributes_than_could_ever_be_changed_again_are_refused() =>
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, new()
        {
            Opaque = new QueueConfigPatch().Opaque.Add("Policy", new string('x', 400_000)),
        }));

    [Fact]
    public void Fifty_tags_are_the_most()
    {
        var tags = Enumerable.Range(0, 51).ToImmutableSortedDictionary(
            i => $"tag {i}", i => "value", StringComparer.Ordinal);
        Assert.Equal(FaultCode.InvalidValue,
            _engine.Refused(new CreateQueueCommand(Orders, QueueConfigPatch.Empty, tags)));
        Assert.Equal(50, _engine.Do(
            new CreateQueueCommand(Orders, QueueConfigPatch.Empty, tags.Remove("tag 7"))).Tags.Count);
    }

    private static QueueConfigPatch RedriveTo(QueueName name) => new() { Redrive = new(new RedrivePolicy(name, 3)) };

    private FaultCode Refused(QueueName name, QueueConfigPatch patch) => _engine.Refused(new CreateQueueCommand(
        name, patch, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)));
}
