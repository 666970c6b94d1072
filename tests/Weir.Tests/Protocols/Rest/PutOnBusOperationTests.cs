using System.Text;
using System.Text.Json.Nodes;
using Weir.Tests.Broker;
using Weir.Tests.Protocols.Sns;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class PutOnBusOperationTests : IAsyncLifetime
{
    private const string Path = "/_weir/buses/default/events";

    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync()
    {
        await _rest.Queues.CreateAsync("orders");
        await CallAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"shop\"]}"}""");
        await CallAsync(
            "PutTargets",
            $$"""{"Rule":"r","Targets":[{"Id":"1","Arn":"{{TestSns.QueueArn("orders")}}"}]}""");
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_CloudEvent_becomes_the_event_of_its_attributes()
    {
        var reply = await _rest.PostAsync(
            Path,
            """
            {"specversion":"1.0","id":"7","source":"shop","type":"placed","subject":"o1","time":"2026-02-03T04:05:06Z",
            "ext":"x","data":{"n": 1}}
            """,
            ("Content-Type", "application/cloudevents+json"));

        Assert.Equal((202, 1), (reply.Status, reply.Json["count"]!.GetValue<int>()));
        var message = JsonNode.Parse(TestBroker.BodyOf(await _rest.ReceiveAsync()))!;
        Assert.Equal("shop placed", $"{message["source"]} {message["detail-type"]}");
        Assert.Equal("2026-02-03T04:05:06Z", message["time"]!.ToString());
        Assert.Equal("o1", message["resources"]![0]!.ToString());
        Assert.Equal("""{"n":1}""", message["detail"]!.ToJsonString());
        Assert.Equal("7 x", $"{message["cloudevent"]!["id"]} {message["cloudevent"]!["ext"]}");
        Assert.Equal("delivered", (await _rest.GetAsync(reply.StatusPath)).State);
    }

    [Fact]
    public async Task A_detail_has_its_source_in_headers()
    {
        var reply = await _rest.PostAsync(
            Path, """{"a":1}""", ("Weir-Source", "shop"), ("Weir-Detail-Type", "t"), ("Idempotency-Key", "k"));
        Assert.Equal(202, reply.Status);
        var message = JsonNode.Parse(TestBroker.BodyOf(await _rest.ReceiveAsync()))!;
        Assert.Null(message["cloudevent"]);
        Assert.Equal("""{"a":1}""", message["detail"]!.ToJsonString());
        var again = await _rest.PostAsync(
            Path, """{"a":1}""", ("Weir-Source", "shop"), ("Weir-Detail-Type", "t"), ("Idempotency-Key", "k"));
        Assert.Equal(reply.Text, again.Text);
    }

    [Fact]
    public async Task What_no_rule_matches_reaches_nobody_and_says_so()
    {
        var reply = await _rest.PostAsync(Path, "{}", ("Weir-Source", "other"), ("Weir-Detail-Type", "t"));
        Assert.Equal((202, 0), (reply.Status, reply.Json["count"]!.GetValue<int>()));
        Assert.False(reply.Headers.ContainsKey("Location"));
    }

    [Theory]
    [InlineData("[1]", "shop", "t", 400)]
    [InlineData("{", "shop", "t", 400)]
    [InlineData("{}", "aws.s3", "t", 400)]
    [InlineData("{}", "", "t", 400)]
    [InlineData("{}", "shop", "", 400)]
    public async Task What_is_no_event_is_refused(string detail, string source, string type, int status) =>
        Assert.Equal(status, (await _rest.PostAsync(
            Path, detail, ("Weir-Source", source), ("Weir-Detail-Type", type))).Status);

    [Theory]
    [InlineData("Weir-Source")]
    [InlineData("Weir-Detail-Type")]
    public async Task A_CloudEvent_tells_its_source_and_type_itself(string header)
    {
        var structured = await _rest.PostAsync(
            Path, """{"specversion":"1.0","id":"7","source":"shop","type":"placed","data":{}}""",
            ("Content-Type", "application/cloudevents+json"), (header, "shop"));
        var binary = await _rest.PostAsync(
            Path, "{}", ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "shop"), ("ce-type", "t"),
            (header, "shop"));
        foreach (var reply in (RestReply[])[structured, binary])
        {
            Assert.Equal((400, "invalid-header"), (reply.Status, reply.Problem));
            Assert.Contains(header, reply.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bus_that_is_not_there_is_not_found() => Assert.Equal(404, (await _rest.PostAsync(
        "/_weir/buses/none/events", "{}", ("Weir-Source", "shop"), ("Weir-Detail-Type", "t"))).Status);

    private async Task CallAsync(string operation, string json)
    {
        var context = await _rest.Queues.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(json), "application/x-amz-json-1.1", $"AWSEvents.{operation}");
        Assert.Equal(200, context.Response.StatusCode);
    }
}
