using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class ListPipesTests
{
    [Fact]
    public async Task Pipes_come_in_pages_and_are_filtered()
    {
        await using var pipes = new TestPipes();
        foreach (var name in (string[])["a1", "a2", "b1"]) await pipes.PipeAsync(name);
        await pipes.OkAsync("POST", "/v1/pipes/a2/stop");

        var first = await pipes.OkAsync("GET", "/v1/pipes?Limit=2");
        var token = Uri.EscapeDataString((string)first["NextToken"]!);
        var second = await pipes.OkAsync("GET", $"/v1/pipes?Limit=2&NextToken={token}");

        Assert.Equal(["a1", "a2"], Names(first));
        Assert.Equal(["b1"], Names(second));
        Assert.Null(second["NextToken"]);
        Assert.Equal(["a1", "a2"], Names(await pipes.OkAsync("GET", "/v1/pipes?NamePrefix=a")));
        Assert.Equal(["a2"], Names(await pipes.OkAsync("GET", "/v1/pipes?CurrentState=STOPPED")));
        var target = Uri.EscapeDataString(TestPipes.QueuePrefix + "b1");
        Assert.Equal(["b1"], Names(await pipes.OkAsync("GET", $"/v1/pipes?TargetPrefix={target}")));
        await pipes.RefusedAsync("GET", "/v1/pipes?Limit=101", 400, "ValidationException");
        await pipes.RefusedAsync("GET", "/v1/pipes?NextToken=%21", 400, "ValidationException");
    }

    private static IEnumerable<string?> Names(JsonObject page) =>
        page["Pipes"]!.AsArray().Select(pipe => (string?)pipe!["Name"]);
}
