using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class BrowseCommandTests
{
    private readonly EngineHarness _engine = new();

    public BrowseCommandTests()
    {
        _engine.Create(EngineHarness.Orders);
        for (var i = 0; i < 20; i++)
        {
            _engine.Send(EngineHarness.Orders, _engine.Entry(body: $"{i}"));
            _engine.AdvanceSeconds(1);
        }
    }

    [Fact]
    public void All_messages_show_in_order_wherever_they_are_kept()
    {
        _ = _engine.Receive(EngineHarness.Orders, max: 3);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), Sequences(after: 0, max: 100));
        Assert.Equal(3, _engine.Counters(EngineHarness.Orders).InFlight);
    }

    [Fact]
    public void A_page_goes_on_behind_the_last_one()
    {
        var seen = new List<long>();
        while (Sequences(seen.LastOrDefault(), max: 3) is { Count: > 0 } page) seen.AddRange(page);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), seen);
    }

    [Fact]
    public void Only_what_was_sent_since_a_time_shows()
    {
        var from = _engine.NowUnixMs - 5_000;
        var found = _engine.Do(new BrowseCommand(EngineHarness.Orders, 0, from, 100));
        Assert.Equal([16, 17, 18, 19, 20], found.Select(message => message.Sequence));
        Assert.Equal("15", _engine.Body(found[0].Payload));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    public void A_page_ends_where_its_contents_would_be_too_much(int contents, int count)
    {
        var one = _engine.Do(new BrowseCommand(EngineHarness.Orders, 0, 0, 1))[0].Payload.Length;
        var page = _engine.Do(new BrowseCommand(EngineHarness.Orders, 0, 0, 10) { ContentBytesMax = contents * one });
        Assert.Equal(count, page.Count);
        Assert.Single(_engine.Do(new BrowseCommand(EngineHarness.Orders, 0, 0, 10) { ContentBytesMax = 0 }));
    }

    [Fact]
    public void A_queue_that_is_not_there_is_not_found() => Assert.Equal(
        FaultCode.QueueNotFound, _engine.Refused(new BrowseCommand(EngineHarness.Failed, 0, 0, 1)));

    private List<long> Sequences(long after, int max) =>
        [.. _engine.Do(new BrowseCommand(EngineHarness.Orders, after, 0, max)).Select(message => message.Sequence)];
}
