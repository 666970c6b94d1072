using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Weir.WireTests.Clients;
using Weir.WireTests.Hostile;
using Weir.WireTests.Server;

namespace Weir.WireTests.Everything;

/// <summary>Requests that are right but that none of the clients sends: by hand, by curl, by older clients.</summary>
public sealed class When_a_request_comes_without_a_client(SharedServer server)
{
    private static readonly string Us = Account.Of(nameof(When_a_request_comes_without_a_client));
    private static readonly XNamespace Xmlns = "http://queue.amazonaws.com/doc/2012-11-05/";

    [Fact]
    public async Task The_path_of_the_queue_stands_for_its_url()
    {
        await server.Client(ClientKinds.DotNet, Us).CreateAsync("by-path");

        var sent = await AnswerAsync(RawRequest.Get(Us, $"/{Us}/by-path?Action=SendMessage&MessageBody=a%20b%2Bc"));
        var received = await AnswerAsync(RawRequest.Form(
            Us, "Action=ReceiveMessage&Version=2012-11-05&AttributeName.1=All", $"/{Us}/by-path"));

        Assert.Equal(200, sent.Status);
        Assert.Equal("SendMessageResponse", XDocument.Parse(sent.Body).Root!.Name.LocalName);
        var message = XDocument.Parse(received.Body).Descendants(Xmlns + "Message").Single();
        Assert.Equal("a b+c", message.Element(Xmlns + "Body")!.Value);
        var attributes = message.Elements(Xmlns + "Attribute").Select(a => a.Element(Xmlns + "Name")!.Value);
        Assert.Contains("ApproximateReceiveCount", attributes);
    }

    [Fact]
    public async Task An_answer_in_xml_has_result_and_metadata()
    {
        var answer = await AnswerAsync(RawRequest.Form(Us, "Action=CreateQueue&Version=2012-11-05&QueueName=in-xml"));

        var root = XDocument.Parse(answer.Body).Root!;
        Assert.Equal(Xmlns + "CreateQueueResponse", root.Name);
        Assert.EndsWith($"/{Us}/in-xml", root.Element(Xmlns + "CreateQueueResult")!.Element(Xmlns + "QueueUrl")!.Value);
        var requestId = root.Element(Xmlns + "ResponseMetadata")!.Element(Xmlns + "RequestId")!.Value;
        Assert.Equal(answer.Headers["x-amzn-requestid"], requestId);
    }

    [Fact]
    public async Task An_answer_in_json_has_its_type_and_request_id()
    {
        var answer = await AnswerAsync(RawRequest.Json(Us, "ListQueues", "{}"));

        Assert.Equal("application/x-amz-json-1.0", answer.Headers["content-type"]);
        Assert.NotEmpty(answer.Headers["x-amzn-requestid"]);
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal(JsonValueKind.Object, body.RootElement.ValueKind);
    }

    [Fact]
    public async Task Members_that_nobody_knows_yet_are_passed_over()
    {
        var json = await AnswerAsync(RawRequest.Json(
            Us, "CreateQueue", """{"Later":{"a":[1,2,{"b":null}]},"QueueName":"unknown-members","Attributes":null}"""));
        var form = await AnswerAsync(RawRequest.Form(
            Us, "Later.1.Name=a&Action=GetQueueUrl&Version=2012-11-05&QueueName=unknown-members&Empty="));

        Assert.Equal((200, 200), (json.Status, form.Status));
    }

    [Fact]
    public async Task Requests_sent_together_are_answered_in_order()
    {
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"together-{i}")];
        var inputs = names.Select(name => $$"""{"QueueName":"{{name}}"}""");

        await connection.SendAsync((byte[])[.. inputs.SelectMany(input => RawRequest.Json(Us, "CreateQueue", input))]);

        foreach (var name in names)
            Assert.Contains($"/{name}\"", (await connection.ReadAsync())!.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_in_pieces_is_whole_in_the_end()
    {
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        foreach (var one in RawRequest.Json(Us, "CreateQueue", """{"QueueName":"in-pieces"}"""))
            await connection.SendAsync(new[] { one });

        Assert.Equal(200, (await connection.ReadAsync())?.Status);
    }

    [Fact]
    public async Task A_body_in_chunks_is_taken()
    {
        byte[] request =
        [
            .. RawRequest.Head(
                "POST / HTTP/1.1", RawRequest.Identity(Us), "X-Amz-Target: AmazonSQS.CreateQueue",
                "Content-Type: application/x-amz-json-1.0", "Transfer-Encoding: chunked"),
            .. "5\r\n{\"Que\r\n"u8, .. "16;ignored=yes\r\nueName\":\"in-chunks\"}  \r\n"u8, .. "0\r\n\r\n"u8,
        ];

        Assert.Equal(200, (await AnswerAsync(request)).Status);
    }

    [Fact]
    public async Task A_client_that_waits_to_be_told_goes_on_is_told()
    {
        var body = Encoding.ASCII.GetBytes("Action=ListQueues&Version=2012-11-05");
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);

        await connection.SendAsync(RawRequest.Head(
            "POST / HTTP/1.1", RawRequest.Identity(Us), "Content-Type: application/x-www-form-urlencoded",
            $"Content-Length: {body.Length}", "Expect: 100-continue"));
        Assert.Equal(100, (await connection.ReadAsync())?.Status);
        await connection.SendAsync(body);

        Assert.Equal(200, (await connection.ReadAsync())?.Status);
    }

    private async Task<RawAnswer> AnswerAsync(byte[] request)
    {
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        await connection.SendAsync(request);
        return await connection.ReadAsync() ?? throw new InvalidOperationException("The server hung up.");
    }
}
