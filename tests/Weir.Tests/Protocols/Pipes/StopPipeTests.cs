using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class StopPipeTests
{
    [Fact]
    public async Task A_pipe_is_stopped()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p");
        Assert.Equal("STOPPED", (string?)(await pipes.OkAsync("POST", "/v1/pipes/p/stop"))["CurrentState"]);
        await pipes.RefusedAsync("POST", "/v1/pipes/q/stop", 404, "NotFoundException");
    }
}
