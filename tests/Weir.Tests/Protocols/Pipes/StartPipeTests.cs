using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class StartPipeTests
{
    [Fact]
    public async Task A_stopped_pipe_is_started()
    {
        await using var pipes = new TestPipes();
        await pipes.PipeAsync("p", new JsonObject { ["DesiredState"] = "STOPPED" });
        Assert.Equal("STOPPED", (string?)(await pipes.OkAsync("GET", "/v1/pipes/p"))["CurrentState"]);
        Assert.Equal("RUNNING", (string?)(await pipes.OkAsync("POST", "/v1/pipes/p/start"))["CurrentState"]);
        await pipes.RefusedAsync("POST", "/v1/pipes/q/start", 404, "NotFoundException");
    }
}
