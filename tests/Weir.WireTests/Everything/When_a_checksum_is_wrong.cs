using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Everything;

/// <summary>
/// The control of all the other tests' checksums: clients that check MD5s do notice a wrong one. The server here is a
/// stand-in that answers every send with the MD5s of something else.
/// </summary>
public sealed class When_a_checksum_is_wrong(SharedServer server)
{
    [Theory]
    [InlineData(ClientKinds.DotNet, false)]
    [InlineData(ClientKinds.DotNet, true)]
    [InlineData(ClientKinds.Node, false)]
    public async Task The_client_refuses_the_answer(string client, bool bodyIsRight)
    {
        using var listener = Listen(out var url);
        var answering = AnswerAsync(listener, bodyIsRight ? Checksum.OfText("hello") : Checksum.OfText("other"));
        var sqs = ClientKinds.Connect(
            new Connection(client, url, Account.Of(nameof(When_a_checksum_is_wrong)), "any", "us-east-1"),
            server.Processes);

        var refusal = await Assert.ThrowsAsync<SqsUnknownOutcomeException>(() => sqs.SendAsync(
            $"{url}000000000000/queue",
            "hello",
            new() { ["MessageAttributes"] = new JsonObject { ["kind"] = Custom.Text("a") } }));

        Assert.Matches("MD5|Checksum", refusal.Message);
        await answering;
    }

    private static HttpListener Listen(out Uri url)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new HttpListener();
            url = new Uri($"http://127.0.0.1:{WeirServer.FreePort()}/");
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private static async Task AnswerAsync(HttpListener listener, string bodyChecksum)
    {
        var call = await listener.GetContextAsync();
        var answer = new JsonObject
        {
            ["MessageId"] = "00000000-0000-0000-0000-000000000000",
            ["MD5OfMessageBody"] = bodyChecksum,
            ["MD5OfMessageAttributes"] = Checksum.OfText("not the attributes"),
        };
        call.Response.ContentType = "application/x-amz-json-1.0";
        await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        call.Response.Close();
    }
}
