using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class TagQueueCommandTests
{
    private readonly EngineHarness _engine = new();

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

    private void Tag(Dictionary<string, string> set, params string[] remove) =>
        _engine.Do(new TagQueueCommand(Orders, set, remove));

    private FaultCode RefusedTag(string key, string value) =>
        _engine.Refused(new TagQueueCommand(Orders, new Dictionary<string, string> { [key] = value }, []));
}
