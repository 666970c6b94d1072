using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

public sealed class FirstKeyTests
{
    [Fact]
    public async Task A_server_that_others_reach_makes_an_admin_key_and_shows_it_once()
    {
        var directory = RunningServer.NewDirectory();
        await using (var first = await RunningServer.StartAsync(
            options => options with { Host = "*" }, Path.Combine(directory, "data")))
        {
            var key = first.Server.FirstKey!;
            Assert.True(key.IsAdmin);
            var ready = ReadyMessage.Of(RunningServer.Options("data"), first.Server);
            Assert.Contains($"AWS_SECRET_ACCESS_KEY={key.Secret}", ready, StringComparison.Ordinal);
            using var sqs = first.Sqs(key.Id, key.Secret);
            await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "orders" }, default);
            using var admin = new RestClient(
                new Uri(first.Server.Endpoint), new ClientCredentials(key.Id, key.Secret, null, "us-east-1"),
                TimeProvider.System);
            var told = await admin.SendAsync(HttpMethod.Get, "admin/audit", null, default);
            Assert.Equal(
                [$"weir:CreateKey {key.Id}", "sqs:CreateQueue orders"],
                told["entries"]!.AsArray().Select(entry => $"{entry!["action"]} {entry["resource"]}"));
        }

        await using (var second = await RunningServer.StartAsync(
            options => options with { Host = "*" }, Path.Combine(directory, "data")))
        {
            Assert.Null(second.Server.FirstKey);
            Assert.False(second.Server.Keys.IsOpen);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task On_loopback_or_when_told_so_anybody_is_taken()
    {
        await using var loopback = await RunningServer.StartAsync();
        await using var insecure = await RunningServer.StartAsync(
            options => options with { Host = "*", Insecure = true });
        Assert.All((WeirServer[])[loopback.Server, insecure.Server], server =>
        {
            Assert.Null(server.FirstKey);
            Assert.True(server.Keys.IsOpen);
        });
    }
}
