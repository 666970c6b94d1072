using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

/// <summary>
/// A server is reached under several names, and configuration is copied from one place to another: of a queue URL
/// only account and name count.
/// </summary>
public sealed class When_a_queue_has_several_urls(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Every_host_and_scheme_before_account_and_name_is_the_same_queue(string client)
    {
        var sqs = server.Client(client, this);
        await sqs.CreateAsync("orders", ("VisibilityTimeout", "0"));
        string[] urls =
        [
            $"http://localhost:{server.Weir.Port}/{sqs.Account}/orders",
            $"http://127.0.0.1:{server.Weir.Port}/{sqs.Account}/orders",
            $"https://sqs.us-east-1.amazonaws.com/{sqs.Account}/orders",
            $"https://us-east-1.queue.amazonaws.com/{sqs.Account}/orders",
        ];
        foreach (var url in urls)
        {
            await sqs.SendAsync(url, "same");
            Assert.NotEmpty(await sqs.ReceiveAsync(url));
        }

        Assert.Equal((urls.Length, 0, 0), await sqs.CountersAsync(urls[0]));
    }

    [Theory, BothProtocols]
    public async Task What_is_no_queue_url_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        foreach (var url in new[] { $"{server.Weir.Url}", $"{server.Weir.Url}{sqs.Account}/", "http://" })
        {
            var refusal = await Assert.ThrowsAsync<SqsRefusedException>(
                () => sqs.CallAsync("ReceiveMessage", new() { ["QueueUrl"] = url }));
            Assert.Contains(refusal.Code, new[] { SqsError.InvalidAddress.Code, SqsError.QueueDoesNotExist.Code });
        }
    }
}
