using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Weir.WireTests.Server;

namespace Weir.WireTests.Push;

public sealed class When_an_endpoint_has_a_private_certificate
{
    [Fact]
    public async Task It_is_called_by_a_server_that_was_told_of_its_authority()
    {
        await using var receiver = new TlsReceiver();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, receiver.AuthorityPem);
        await using var weir = await WeirServer.StartAsync(new Dictionary<string, string> { ["SSL_CERT_FILE"] = file });
        using var http = new HttpClient { BaseAddress = weir.Url };

        await SendAsync(http, receiver.Address);

        Assert.Equal("hello", await receiver.NextAsync(TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    [Fact]
    public async Task It_is_not_called_by_another_which_says_why()
    {
        await using var receiver = new TlsReceiver();
        await using var weir = await WeirServer.StartAsync();
        using var http = new HttpClient { BaseAddress = weir.Url };

        await SendAsync(http, receiver.Address);

        var attempt = await AttemptAsync(http);
        Assert.StartsWith("There is no TLS connection: ", (string?)attempt["error"], StringComparison.Ordinal);
        Assert.Null(attempt["status"]);
    }

    private static async Task SendAsync(HttpClient http, Uri endpoint)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("Action", "CreateQueue"), new("Version", "2012-11-05"), new("QueueName", "q"),
        ]);
        using var created = await http.PostAsync("/", form);
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        using var put = await http.PutAsJsonAsync("/_weir/webhooks/hook", new { queue = "q", url = $"{endpoint}" });
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        using var content = new StringContent("hello");
        using var sent = await http.PostAsync("/_weir/queues/q/messages", content);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
    }

    private static async Task<JsonNode> AttemptAsync(HttpClient http)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var attempts = await http.GetFromJsonAsync<JsonNode>("/_weir/webhooks/hook/attempts");
            if (attempts!["attempts"]!.AsArray() is [{ } first, ..]) return first;
        }

        throw new InvalidOperationException("There was no attempt.");
    }
}
