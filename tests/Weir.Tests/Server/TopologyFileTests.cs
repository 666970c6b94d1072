using System.Text.Json.Nodes;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

public sealed class TopologyFileTests : IDisposable
{
    private readonly string _directory = RunningServer.NewDirectory();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_start_applies_its_file_and_shows_the_secrets_that_it_makes_once()
    {
        var path = Write("""
            tenants: [{account: "000000000000", keys: [{user: ops, admin: true}], queues: [{name: first}]}]
            """);
        var data = Path.Combine(_directory, "data");
        string[] words;
        await using (var server = await RunningServer.StartAsync(options => options with { Topology = path }, data))
        {
            words = Assert.Single(server.Server.NewSecrets).Split(' ');
            using var sqs = server.Sqs(words[^2], words[^1]);
            var listed = await sqs.CallAsync("ListQueues", new JsonObject(), TestContext.Current.CancellationToken);
            Assert.EndsWith("/000000000000/first", Assert.Single(listed["QueueUrls"]!.AsArray())!.ToString(),
                StringComparison.Ordinal);
        }

        await using var again = await RunningServer.StartAsync(options => options with { Topology = path }, data);
        Assert.Empty(again.Server.NewSecrets);
    }

    [Theory]
    [InlineData("queues: [{nam: x}]", "line 1, column 11")]
    [InlineData("queues: [{name: x, DelaySeconds: 99999}]", "queue x of 000000000000 (to create) was refused")]
    public async Task A_fault_in_the_file_stops_the_start(string text, string reason)
    {
        var path = Write(text);
        var failure = await Assert.ThrowsAsync<TopologyException>(
            () => RunningServer.StartAsync(options => options with { Topology = path }, Path.Combine(_directory, "d")));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(64, StartupError.From(failure, RunningServer.Options(_directory))!.ExitCode);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_directory, "topology.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
