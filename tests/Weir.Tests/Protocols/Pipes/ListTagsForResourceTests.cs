using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class ListTagsForResourceTests
{
    [Fact]
    public async Task A_pipe_that_is_not_there_has_none()
    {
        await using var pipes = new TestPipes();
        var path = "/tags/" + Uri.EscapeDataString(TestPipes.Prefix + "p");
        await pipes.RefusedAsync("GET", path, 404, "NotFoundException");
        await pipes.PipeAsync("p");
        Assert.Empty((await pipes.OkAsync("GET", path))["tags"]!.AsObject());
    }
}
