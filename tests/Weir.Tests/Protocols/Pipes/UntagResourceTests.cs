using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class UntagResourceTests
{
    [Fact]
    public async Task Tags_are_removed_by_their_keys()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p", new JsonObject
        {
            ["Tags"] = new JsonObject { ["a"] = "1", ["b"] = "2", ["c d"] = "3" },
        });
        var path = "/tags/" + Uri.EscapeDataString(TestPipes.Prefix + "p");

        await pipes.OkAsync("DELETE", path + "?tagKeys=a&tagKeys=c+d&tagKeys=none");

        Assert.Equal("""{"b":"2"}""", (await pipes.OkAsync("GET", path))["tags"]!.ToJsonString());
    }
}
