using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class TagResourceTests
{
    [Fact]
    public async Task Tags_are_set_and_kept_within_bounds()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p", new JsonObject { ["Tags"] = new JsonObject { ["a"] = "1" } });
        var path = "/tags/" + Uri.EscapeDataString(TestPipes.Prefix + "p");

        await pipes.OkAsync("POST", path, Tags(new JsonObject { ["a"] = "2", ["b"] = "3" }));

        var tags = (await pipes.OkAsync("GET", path))["tags"]!.AsObject();
        Assert.Equal([("a", "2"), ("b", "3")], tags.Select(tag => (tag.Key, (string)tag.Value!)));
        var many = new JsonObject(Enumerable.Range(0, 49).Select(i => KeyValuePair.Create($"t{i}", (JsonNode?)"v")));
        await pipes.RefusedAsync("POST", path, 402, "ServiceQuotaExceededException", Tags(many));
        await pipes.RefusedAsync(
            "POST", path, 400, "ValidationException", Tags(new JsonObject { ["aws:x"] = "1" }));
        var other = "/tags/" + Uri.EscapeDataString("arn:aws:pipes:us-east-1:000000000000:pipes/p");
        await pipes.RefusedAsync("POST", other, 400, "ValidationException", Tags([]));
    }

    private static JsonObject Tags(JsonObject tags) => new() { ["tags"] = tags };
}
