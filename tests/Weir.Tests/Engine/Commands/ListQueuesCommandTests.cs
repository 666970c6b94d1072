using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ListQueuesCommandTests
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

    private string List(string prefix, string? after, int max)
    {
        var page = _engine.Do(new ListQueuesCommand(Orders.Account, Orders.Region, prefix, after, max));
        return $"{string.Join(' ', page.Queues.Select(name => name.Name))} | {page.Next}";
    }
}
