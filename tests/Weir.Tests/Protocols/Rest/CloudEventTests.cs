using System.Text.Json.Nodes;
using Weir.Tests.Broker;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class CloudEventTests : IAsyncLifetime
{
    private const string Path = "/_weir/queues/orders/messages";
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Event =
        """{"specversion":"1.0","id":"7","source":"/shop","type":"placed","data":{"n": 1}}""";

    private const string Two = $"[{Event}, {Event}]";

    private readonly TestRest _rest = new();

    public async ValueTask InitializeAsync() => await _rest.Queues.CreateAsync("orders");

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_event_in_headers_has_its_attributes_beside_its_data()
    {
        await _rest.PostAsync(
            Path, "{}", ("ce-specversion", "1.0"), ("ce-id", "7"), ("ce-source", "/shop"), ("ce-type", "pl%C3%A4ced"),
            ("Content-Type", "application/json"));
        var message = await _rest.ReceiveAsync();
        Assert.Equal("{}", TestBroker.BodyOf(message));
        Assert.Equal(
            ["content-type", "ce-id", "ce-source", "ce-specversion", "ce-type"],
            message.Content.Attributes.Select(attribute => attribute.Name));
        Assert.Equal("pläced", TestRest.Attribute(message, "ce-type"));
    }

    [Fact]
    public async Task An_event_in_the_body_is_kept_as_it_is()
    {
        await _rest.PostAsync(Path, Event, ("Content-Type", Structured));
        var message = await _rest.ReceiveAsync();
        Assert.Equal(Event, TestBroker.BodyOf(message));
        Assert.Equal(Structured, TestRest.Attribute(message, "content-type"));
    }

    [Fact]
    public async Task A_batch_is_a_message_for_each_event()
    {
        var reply = await _rest.PostAsync(Path, Two, ("Content-Type", Batch), ("Idempotency-Key", "k"));
        Assert.Equal((202, 2), (reply.Status, reply.Json["messages"]!.AsArray().Count));
        Assert.Equal(Event, TestBroker.BodyOf(await _rest.ReceiveAsync()));
        Assert.Equal(Event, TestBroker.BodyOf(await _rest.ReceiveAsync()));
        var again = await _rest.PostAsync(Path, Two, ("Content-Type", Batch), ("Idempotency-Key", "k"));
        Assert.Equal(reply.Text, again.Text);
    }

    [Fact]
    public async Task Source_and_id_deduplicate_an_event_in_a_FIFO_queue()
    {
        await _rest.Queues.CreateAsync("orders.fifo");
        var path = "/_weir/queues/orders.fifo/messages";
        var first = await _rest.PostAsync(path, Event, ("Content-Type", Structured), ("Weir-Group-Id", "g"));
        var again = await _rest.PostAsync(path, Event, ("Content-Type", Structured), ("Weir-Group-Id", "g"));
        Assert.Equal(first.Json["messageId"]!.ToString(), again.Json["messageId"]!.ToString());
    }

    [Theory]
    [InlineData(Structured, "{}", "specversion, id, source, type")]
    [InlineData(Structured, """{"specversion":"1.0","id":"","source":"a","type":"t"}""", "id")]
    [InlineData(Structured, """{"specversion":"9","id":"1","source":"a","type":"t"}""", "version 9")]
    [InlineData(Structured, """{"specversion":"1.0","id":"1","source":"a","type":"t","time":"noon"}""", "'time'")]
    [InlineData(Structured, "[]", "object")]
    [InlineData(Structured, "{", "JSON")]
    [InlineData(Batch, "[]", "1 to 10")]
    [InlineData(Batch, "{}", "array")]
    public async Task What_is_no_event_is_refused(string type, string body, string told)
    {
        var reply = await _rest.PostAsync(Path, body, ("Content-Type", type));
        Assert.Equal((400, "invalid-cloudevent"), (reply.Status, reply.Problem));
        Assert.Contains(told, reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_eleven_and_an_event_in_XML_are_refused()
    {
        var eleven = new JsonArray([.. Enumerable.Repeat(Event, 11).Select(text => JsonNode.Parse(text))]);
        Assert.Equal(400, (await _rest.PostAsync(Path, eleven.ToJsonString(), ("Content-Type", Batch))).Status);
        Assert.Equal(
            415, (await _rest.PostAsync(Path, "<e/>", ("Content-Type", "application/cloudevents+xml"))).Status);
        var headless = await _rest.PostAsync(Path, "x", ("ce-specversion", "1.0"), ("ce-type", "t"));
        Assert.Contains("ce-id, ce-source", headless.Detail, StringComparison.Ordinal);
    }
}
