using System.Net;
using System.Text.Json.Nodes;
using Weir.Server;
using Weir.Server.Cli;
using Weir.Server.Cli.Client;
using Weir.Server.Hosting;
using Xunit;

namespace Weir.Tests.Server;

public sealed class AccessTests
{
    [Fact]
    public async Task Without_keys_anybody_on_this_machine_is_served()
    {
        await using var server = await RunningServer.StartAsync();
        using var sqs = server.Sqs("111122223333");

        var created = await CreateAsync(sqs);

        Assert.EndsWith("/111122223333/first", created, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_the_account_is_the_keys()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.WithKey);
        using var sqs = server.Sqs(RunningServer.Key.Id, RunningServer.Key.Secret);

        var created = await CreateAsync(sqs);

        Assert.EndsWith($"/{RunningServer.Key.Account}/first", created, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_a_wrong_secret_an_unknown_key_and_no_signature_are_refused()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.WithKey);
        using var wrong = server.Sqs(RunningServer.Key.Id, "other");
        using var unknown = server.Sqs("AKIDOTHER", RunningServer.Key.Secret);

        foreach (var sqs in new[] { wrong, unknown })
        {
            var refusal = await Assert.ThrowsAsync<CommandFailure>(() => CreateAsync(sqs));
            Assert.Equal(ExitCodes.Refused, refusal.ExitCode);
        }

        using var unsigned = await server.Http.GetAsync("/?Action=ListQueues&Version=2012-11-05");
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
        Assert.Contains("MissingAuthenticationToken", await unsigned.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("http://evil.example", true)]
    [InlineData("https://127.0.0.1.evil.example", true)]
    [InlineData("null", true)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("http://127.0.0.1:3000", false)]
    [InlineData("http://[::1]:3000", false)]
    public void A_page_of_another_machine_is_foreign(string origin, bool isForeign) =>
        Assert.Equal(isForeign, BrowserGuard.IsForeign(origin));

    [Fact]
    public async Task A_foreign_page_is_refused_where_anybody_is_taken()
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?Action=ListQueues&Version=2012-11-05");
        request.Headers.Add("Origin", "http://evil.example");

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<string> CreateAsync(SqsClient sqs) =>
        $"{(await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "first" }, default))["QueueUrl"]}";
}
