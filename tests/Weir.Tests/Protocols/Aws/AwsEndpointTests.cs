using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Aws;

public sealed class AwsEndpointTests
{
    private static readonly string[] Operations =
    [
        "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "CreateQueue", "SetQueueAttributes",
        "ListQueues", "TagQueue", "AddPermission", "CancelMessageMoveTask", "DeleteMessageBatch",
    ];

    [Fact]
    public async Task A_browser_gets_a_hint()
    {
        await using var sqs = new TestSqs();

        var context = await sqs.SendAsync("GET", "/", []);

        Assert.Equal(200, context.Response.StatusCode);
        Assert.StartsWith("Weir speaks Amazon SQS", Body(context), StringComparison.Ordinal);
        Assert.Equal(200, (await sqs.SendAsync("HEAD", "/", [])).Response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/", "")]
    [InlineData("POST", "/", "{\"QueueName\":\"x\"}")]
    [InlineData("GET", "/000000000000/orders", "")]
    [InlineData("GET", "/?Version=2012-11-05", "")]
    [InlineData("PUT", "/", "x")]
    public async Task A_request_that_names_no_operation_is_told_so(string method, string path, string body)
    {
        await using var sqs = new TestSqs();

        var answer = TestSqs.Read(await sqs.SendAsync(method, path, Encoding.UTF8.GetBytes(body)));

        Assert.Equal(("MissingAction", 400), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task An_unknown_operation_is_refused_in_the_form_of_its_protocol()
    {
        await using var sqs = new TestSqs();

        var json = await sqs.JsonAsync("Fly", "{}");
        Assert.Equal(("com.amazon.coral.service#UnknownOperationException", 400), (json.Text("__type"), json.Status));
        Assert.Equal("InvalidAction;Sender", json.QueryErrorHeader);
        foreach (var form in (string[])["Action=Fly&Version=2012-11-05", "Action=ListQueues&Version=2010-03-31"])
        {
            var query = await sqs.QueryAsync(form);
            Assert.Equal(("InvalidAction", 400), (query.Code, query.Status));
        }

        Assert.Equal(200, (await sqs.QueryAsync("Action=ListQueues")).Status);
    }

    [Fact]
    public async Task A_json_error_names_its_shape_and_its_query_code()
    {
        await using var sqs = new TestSqs();

        var answer = await sqs.JsonAsync("GetQueueUrl", """{"QueueName":"x"}""");

        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", answer.Text("__type"));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", answer.QueryErrorHeader);
    }

    [Fact]
    public async Task The_query_protocol_is_served_by_get_and_on_the_queues_own_path()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var sent = TestSqs.Read(await sqs.SendAsync(
            "GET", "/000000000000/orders?Action=SendMessage&Version=2012-11-05&MessageBody=a+b%26", []));
        Assert.Equal(200, sent.Status);
        var received = await sqs.QueryAsync("Action=ReceiveMessage", "/000000000000/orders");

        Assert.Equal("a b&", Assert.Single(received.Items("Messages", "Message")).Text("Body"));
        Assert.Equal(403, (await sqs.QueryAsync("Action=PurgeQueue", "/111111111111/orders")).Status);
        Assert.Equal("InvalidAddress", (await sqs.QueryAsync("Action=PurgeQueue", "/orders")).Code);
    }

    [Fact]
    public async Task A_body_too_long_is_refused_before_it_is_held()
    {
        await using var sqs = new TestSqs(new AwsOptions { RequestBytesMax = 1000 });
        var stream = new ChunkedStream(new byte[1_000_000], 100);

        var declared = TestSqs.Read(await sqs.SendAsync("POST", "/", new byte[1001], target: "AmazonSQS.SendMessage"));
        var streamed = TestSqs.Read(await sqs.SendAsync("POST", "/", [], prepare: context =>
        {
            context.Request.ContentLength = null;
            context.Request.Body = stream;
        }));

        Assert.Equal((413, "RequestEntityTooLarge"), (declared.Status, declared.Code));
        Assert.Equal((413, "RequestEntityTooLarge"), (streamed.Status, streamed.Code));
        Assert.InRange(stream.Taken, 1001, 10_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public async Task A_body_is_the_same_however_it_is_split(int chunk)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var body = string.Concat(Enumerable.Range(0, 4000).Select(i => $"{i}é"));
        var request = new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl).Set("MessageBody", body);
        foreach (var (text, target) in ((string, string?)[])
            [(request.Json, "AmazonSQS.SendMessage"), (request.Form, null)])
        {
            var answer = TestSqs.Read(await sqs.SendAsync("POST", "/", [], target: target, prepare: context =>
            {
                context.Request.ContentLength = Encoding.UTF8.GetByteCount(text);
                context.Request.Body = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk);
            }));
            Assert.Equal(200, answer.Status);
            Assert.Equal(body, Assert.Single(await sqs.ReceiveAsync()).Text("Body"));
        }
    }

    [Fact]
    public async Task A_broken_body_is_answered_in_the_form_of_the_protocol()
    {
        await using var sqs = new TestSqs();

        var answer = TestSqs.Read(await sqs.SendAsync(
            "POST", "/", [], target: "AmazonSQS.ListQueues", prepare: context =>
            {
                context.Request.ContentLength = 5;
                context.Request.Body = new FailingStream(new BadHttpRequestException("Bad chunk size data."));
            }));

        Assert.Equal(400, answer.Status);
        Assert.Empty(sqs.Log.Entries);
    }

    [Fact]
    public async Task A_fault_of_the_server_is_logged_and_answered()
    {
        await using var sqs = new TestSqs();

        var answer = TestSqs.Read(await sqs.SendAsync(
            "POST", "/", [], target: "AmazonSQS.ListQueues", prepare: context =>
            {
                context.Request.ContentLength = 5;
                context.Request.Body = new FailingStream(new InvalidOperationException("A defect."));
            }));

        Assert.Equal((500, "InternalFailure;Receiver"), (answer.Status, answer.QueryErrorHeader));
        Assert.Contains("A defect.", Assert.Single(sqs.Log.Entries).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000)]
    public async Task Whatever_is_sent_is_answered_and_nothing_is_logged(int count)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        const string Json = """
            {"QueueUrl":"http://x/000000000000/orders","MessageBody":"b","Entries":[{"Id":"1","MessageBody":"x",
            "ReceiptHandle":"r"}],"QueueName":"q","Attributes":{"DelaySeconds":"1"},"Tags":{"a":"b"},"MaxResults":3,
            "MessageAttributes":{"n":{"DataType":"Number","StringValue":"1"}},"TaskHandle":"YQ","Label":"l"}
            """;
        const string Form = "QueueUrl=http://x/000000000000/orders&MessageBody=b&QueueName=q"
            + "&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1"
            + "&SendMessageBatchRequestEntry.1.Id=1&SendMessageBatchRequestEntry.1.MessageBody=x"
            + "&DeleteMessageBatchRequestEntry.1.Id=1&DeleteMessageBatchRequestEntry.1.ReceiptHandle=x&Tag.1.Key=a"
            + "&Tag.1.Value=b&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number&Label=l&TaskHandle=YQ";
        var edits = Gen.Select(
            Gen.OneOf(Operations), Gen.Bool, Gen.Select(Gen.Int[0, 700], Gen.Byte).Array[1, 4]);
        var random = edits.Array[count].Single();
        foreach (var (operation, isJson, damage) in random)
        {
            var text = isJson ? Json : $"Action={operation}&{Form}";
            var bytes = Encoding.UTF8.GetBytes(text);
            foreach (var (position, value) in damage) bytes[position % bytes.Length] = value;
            var context = await sqs.SendAsync(
                "POST", "/", bytes, target: isJson ? $"AmazonSQS.{operation}" : null);
            Assert.InRange(TestSqs.Read(context).Status, 200, 404);
        }

        Assert.DoesNotContain(sqs.Log.Entries, entry => entry.Text.Contains("failed", StringComparison.Ordinal));
    }

    private static string Body(HttpContext context) =>
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    private sealed class FailingStream(Exception failure) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw failure;
    }
}
