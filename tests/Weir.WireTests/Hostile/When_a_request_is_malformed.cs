using System.Text;
using Weir.WireTests.Server;

namespace Weir.WireTests.Hostile;

/// <summary>
/// Each of these is answered with an error in the form of its protocol, leaves the connection usable for the next
/// request, and leaves nothing in the log.
/// </summary>
public sealed class When_a_request_is_malformed(SharedServer server)
{
    private static readonly string Us = Account.Of(nameof(When_a_request_is_malformed));
    private static readonly string Queue = $"http://127.0.0.1/{Us}/target";

    public static TheoryData<string> JsonNames => [.. JsonRequests().Keys];

    public static TheoryData<string> QueryNames => [.. QueryRequests().Keys];

    [Theory, MemberData(nameof(JsonNames))]
    public async Task The_json_protocol_answers_in_json(string name)
    {
        var answer = await AnswerAsync(JsonRequests()[name]);

        Assert.InRange(answer.Status, 400, 499);
        Assert.StartsWith("application/x-amz-json-1.0", answer.Headers["content-type"], StringComparison.Ordinal);
        using var body = System.Text.Json.JsonDocument.Parse(answer.Body);
        Assert.Matches("^[a-z.]+#[A-Za-z]+$", body.RootElement.GetProperty("__type").GetString());
        Assert.NotEmpty(body.RootElement.GetProperty("message").GetString()!);
        Assert.Matches("^[A-Za-z.]+;Sender$", answer.Headers["x-amzn-query-error"]);
    }

    [Theory, MemberData(nameof(QueryNames))]
    public async Task The_query_protocol_answers_in_xml(string name)
    {
        var answer = await AnswerAsync(QueryRequests()[name]);

        Assert.InRange(answer.Status, 400, 499);
        Assert.Contains("xml", answer.Headers["content-type"], StringComparison.Ordinal);
        var error = System.Xml.Linq.XDocument.Parse(answer.Body).Root!;
        Assert.Equal("ErrorResponse", error.Name.LocalName);
        var names = error.Descendants().ToDictionary(element => element.Name.LocalName, element => element.Value);
        Assert.Equal("Sender", names["Type"]);
        Assert.NotEmpty(names["Code"]);
        Assert.NotEmpty(names["Message"]);
        Assert.NotEmpty(names["RequestId"]);
    }

    private async Task<RawAnswer> AnswerAsync(byte[] request)
    {
        using var log = server.Weir.Log.Watch();
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        await connection.SendAsync(request);
        var answer = await connection.ReadAsync();
        Assert.NotNull(answer);

        await connection.SendAsync(RawRequest.Json(Us, "ListQueues", "{}"));
        var next = await connection.ReadAsync();
        Assert.True(next is { Status: 200 }, $"After {answer.Status} {answer.Body} the connection answers {next}.");
        return answer;
    }

    private static Dictionary<string, byte[]> JsonRequests()
    {
        byte[] Json(string operation, string body) => RawRequest.Json(Us, operation, body);
        string Send(string more) => $$"""{"QueueUrl":"{{Queue}}","MessageBody":"x"{{more}}}""";
        var beforeBody = Encoding.UTF8.GetBytes($"{{\"QueueUrl\":\"{Queue}\",\"MessageBody\":\"");
        byte[] badUtf8 = [.. beforeBody, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        return new()
        {
            ["unknown operation"] = Json("MakeCoffee", "{}"),
            ["operation in lower case"] = Json("sendmessage", "{}"),
            ["no operation"] = Json("", "{}"),
            ["operation beyond all length"] = Json(new string('A', 8000), "{}"),
            ["other service"] = RawRequest.With(
                "{}"u8.ToArray(), "POST / HTTP/1.1", RawRequest.Identity(Us),
                "X-Amz-Target: DynamoDB_20120810.ListTables", "Content-Type: application/x-amz-json-1.0"),
            ["no body"] = Json("SendMessage", ""),
            ["an open brace"] = Json("SendMessage", "{"),
            ["an array"] = Json("SendMessage", "[]"),
            ["a text"] = Json("SendMessage", "\"text\""),
            ["something behind"] = Json("SendMessage", Send("") + "}"),
            ["a comma too many"] = Json("SendMessage", Send(",")),
            ["a form"] = Json("SendMessage", "Action=SendMessage&MessageBody=x"),
            ["xml"] = Json("SendMessage", "<SendMessage/>"),
            ["deep nesting"] = Json("SendMessage", Send(",\"More\":" + new string('[', 50_000))),
            ["deep nesting in an attribute"] = Json(
                "SendMessage", Send(",\"MessageAttributes\":" + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)))),
            ["invalid UTF-8"] = RawRequest.Json(Us, "SendMessage", badUtf8),
            ["half a surrogate pair"] = Json(
                "SendMessage", $$"""{"QueueUrl":"{{Queue}}","MessageBody":"\ud83e"}"""),
            ["a NUL in the URL"] = Json("SendMessage", """{"QueueUrl":"http://a/\u0000/b","MessageBody":"x"}"""),
            ["a number for a text"] = Json("SendMessage", """{"QueueUrl":5,"MessageBody":"x"}"""),
            ["an object for a text"] = Json("SendMessage", $$$"""{"QueueUrl":"{{{Queue}}}","MessageBody":{}}"""),
            ["a text for a number"] = Json("SendMessage", Send(",\"DelaySeconds\":\"soon\"")),
            ["a fraction"] = Json("SendMessage", Send(",\"DelaySeconds\":1.5")),
            ["a number beyond 64 bits"] = Json("SendMessage", Send(",\"DelaySeconds\":99999999999999999999")),
            ["a number beyond all bounds"] = Json("SendMessage", Send(",\"DelaySeconds\":1e400")),
            ["a number of 10,000 digits"] = Json("SendMessage", Send(",\"DelaySeconds\":" + new string('9', 10_000))),
            ["an array for a map"] = Json("SendMessage", Send(",\"MessageAttributes\":[]")),
            ["no base64"] = Json(
                "SendMessage", Send(",\"MessageAttributes\":{\"a\":{\"DataType\":\"Binary\",\"BinaryValue\":\"&\"}}")),
            ["an object for a list"] = Json(
                "SendMessageBatch", $$$"""{"QueueUrl":"{{{Queue}}}","Entries":{}}"""),
            ["a text in a list of objects"] = Json(
                "SendMessageBatch", $$"""{"QueueUrl":"{{Queue}}","Entries":["a"]}"""),
            ["a text for a list"] = Json("GetQueueAttributes", $$"""{"QueueUrl":"{{Queue}}","AttributeNames":"All"}"""),
            ["null for what is required"] = Json("GetQueueUrl", """{"QueueName":null}"""),
            ["a negative page"] = Json("ListQueues", """{"MaxResults":-2147483649}"""),
        };
    }

    private static Dictionary<string, byte[]> QueryRequests()
    {
        byte[] Form(string body) => RawRequest.Form(Us, "Version=2012-11-05&" + body);
        var send = $"Action=SendMessage&QueueUrl={Uri.EscapeDataString(Queue)}&MessageBody=x";
        return new()
        {
            ["no action"] = Form("QueueName=a"),
            ["nothing at all"] = RawRequest.Form(Us, ""),
            ["unknown action"] = Form("Action=MakeCoffee"),
            ["action in lower case"] = Form("Action=sendmessage"),
            ["unknown version"] = RawRequest.Form(Us, "Version=1999-01-01&Action=ListQueues&MaxResults=x"),
            ["broken escape"] = Form("Action=GetQueueUrl&QueueName=%zz"),
            ["cut escape"] = Form("Action=GetQueueUrl&QueueName=a%2"),
            ["invalid UTF-8"] = Form("Action=GetQueueUrl&QueueName=%ff%fe"),
            ["invalid UTF-8 body"] = Form(send + "%C3%28"),
            ["only separators"] = Form("&&&===&&&=a&"),
            ["a text for a number"] = Form(send + "&DelaySeconds=soon"),
            ["an empty number"] = Form(send + "&DelaySeconds="),
            ["a number beyond 64 bits"] = Form(send + "&DelaySeconds=99999999999999999999"),
            ["index of zero"] = Form(send + "&MessageAttribute.0.Name=a"),
            ["negative index"] = Form(send + "&MessageAttribute.-1.Name=a"),
            ["index beyond all bounds"] = Form(send + "&MessageAttribute.99999999999999.Name=a"),
            ["index that is no number"] = Form(send + "&MessageAttribute.x.Name=a"),
            ["attribute without value"] = Form(send + "&MessageAttribute.1.Name=a"),
            ["value without name"] = Form(
                send + "&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x"),
            ["no base64"] = Form(
                send + "&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=Binary"
                + "&MessageAttribute.1.Value.BinaryValue=*"),
            ["batch entry without id"] = Form(
                $"Action=SendMessageBatch&QueueUrl={Uri.EscapeDataString(Queue)}"
                + "&SendMessageBatchRequestEntry.1.MessageBody=x"),
            ["a form in the address with nonsense"] = RawRequest.Get(Us, "/?Action=GetQueueUrl&QueueName=%zz"),
            ["a get of a queue without an action"] = RawRequest.Get(Us, $"/{Us}/target"),
            ["a get of an unknown queue"] = RawRequest.Get(
                Us, $"/{Us}/unknown?Action=ReceiveMessage&Version=2012-11-05"),
            ["a path that climbs"] = RawRequest.Get(Us, "/../../etc/passwd?Action=ReceiveMessage"),
            ["a signature that is none"] = RawRequest.With(
                "Action=MakeTea"u8.ToArray(), "POST / HTTP/1.1", "Authorization: AWS4-HMAC-SHA256 =,=;Credential",
                "Content-Type: application/x-www-form-urlencoded"),
        };
    }
}
