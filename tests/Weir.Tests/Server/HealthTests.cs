using System.Net;
using Weir.Server;
using Weir.Server.Health;
using Xunit;

namespace Weir.Tests.Server;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_server_is_live_and_ready_and_says_its_version()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("live", $"{(await server.GetAsync(HealthAnswers.LivePath))["status"]}");
        Assert.Equal("ready", $"{(await server.GetAsync(HealthAnswers.ReadyPath))["status"]}");
        Assert.Equal(ServerVersion.Text, $"{(await server.GetAsync(HealthAnswers.VersionPath))["version"]}");
    }

    [Theory]
    [InlineData("/_weir/")]
    [InlineData("/_weir/health")]
    [InlineData("/_weir/health/live/")]
    [InlineData("/_weir/health/livex")]
    public async Task Any_other_path_of_its_own_is_not_found(string path)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Only_get_is_answered()
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Http.PostAsync(HealthAnswers.ReadyPath, content: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public void Readiness_says_why_not()
    {
        var readiness = new Readiness();
        Assert.Contains("being opened", readiness.Reason, StringComparison.Ordinal);
        readiness.Ready(endpoint: null!, rest: null!, keys: null!, figures: null!, survey: null!);
        Assert.Null(readiness.Reason);
        readiness.Stopping();
        Assert.Contains("stopping", readiness.Reason, StringComparison.Ordinal);
        readiness.Failed();
        Assert.Contains("disk failed", readiness.Reason, StringComparison.Ordinal);
    }
}
