using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class DeletePipeTests
{
    [Fact]
    public async Task A_pipe_goes()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p");
        Assert.Equal("DELETING", (string?)(await pipes.OkAsync("DELETE", "/v1/pipes/p"))["CurrentState"]);
        await pipes.RefusedAsync("GET", "/v1/pipes/p", 404, "NotFoundException");
        await pipes.RefusedAsync("DELETE", "/v1/pipes/p", 404, "NotFoundException");
    }
}
