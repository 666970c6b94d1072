using System.Globalization;
using Weir.Broker;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Broker.Schedules;
using Weir.Engine.Definitions;
using Xunit;

namespace Weir.Tests.Broker.Schedules;

public sealed class FiringBatchTests
{
    private static readonly IdSource Ids = IdSource.FromSeed(1);

    [Theory]
    [InlineData(1, 0, FiringBatch.CountMax)]
    [InlineData(1_000, 0, FiringBatch.DeliveriesMax / 1_000)]
    [InlineData(1, 256 << 10, FiringBatch.ContentBytesMax / (256 << 10))]
    [InlineData(FiringBatch.DeliveriesMax + 1, 0, 1)]
    public void It_is_full_at_the_first_of_its_limits(int deliveries, int bytes, int expected)
    {
        var batch = new FiringBatch();
        var count = 0;
        for (; !batch.IsFull; count++) batch.Add(Key(count), Unit(deliveries, bytes));

        Assert.Equal(expected, count);
        Assert.Equal((count, count), (batch.Keys.Count, batch.Units.Count));
    }

    [Fact]
    public void The_clock_takes_no_more_than_asked_and_the_earliest_first()
    {
        var face = new ClockFace();
        for (var i = 0; i < 100_000; i++) face.Set(Key(i), 100_000 - i);
        var taken = face.Take(nowUnixMs: 100_000, FiringBatch.CountMax);

        Assert.Equal(FiringBatch.CountMax, taken.Count);
        Assert.Equal("99999", taken[0].Item);
        Assert.Equal(100_000 - FiringBatch.CountMax, face.Count);
    }

    private static DueKey Key(int number) => new(
        new ScopeName(DueState.ScheduleKind, "000000000000", "us-east-1", "default"),
        number.ToString(CultureInfo.InvariantCulture));

    private static Outgoing Unit(int deliveries, int bytes)
    {
        var publication = new OutgoingPublication(Ids.NewId());
        var content = publication.Store(new MessageContent { Body = new byte[bytes] }, bytes);
        for (var i = 0; i < deliveries; i++)
        {
            publication.Add(new NoSender(), new Weir.Engine.Delivery
            {
                Queue = TestBroker.Orders, MessageId = Ids.NewId(), Content = content,
            });
        }

        var unit = new Outgoing("000000000000", Ids);
        unit.Add(publication);
        return unit;
    }

    private sealed class NoSender : Sender
    {
        public override string ToString() => "nobody";
    }
}
