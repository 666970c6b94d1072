using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

public sealed class PipeEnrichmentTests
{
    private const string From = "http://localhost/000000000000/p-from";
    private const string To = "http://localhost/000000000000/p-to";

    [Fact]
    public async Task What_the_endpoint_answers_goes_on_in_the_events_place()
    {
        await using var pipes = new TestPipes();
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (context, _) => context.Response.WriteAsync("""{"name":"Ann"}""");
        pipes.Start();
        await pipes.PipeAsync("p", await EnrichedAsync(pipes, receiver, new JsonObject
        {
            ["EnrichmentParameters"] = new JsonObject
            {
                ["InputTemplate"] = """{"customer":<$.body.id>}""",
                ["HttpParameters"] = new JsonObject
                {
                    ["PathParameterValues"] = new JsonArray("$.body.id"),
                    ["QueryStringParameters"] = new JsonObject { ["q"] = "$.body.city" },
                },
            },
            ["TargetParameters"] = new JsonObject { ["InputTemplate"] = """{"dear":<$.name>}""" },
        }, "look/*"));

        await pipes.Sqs.SendAsync("""{"id":7,"city":"Ulm"}""", From);

        Assert.Equal("""{"dear":"Ann"}""", await ArrivesAsync(pipes));
        var asked = Assert.Single(receiver.Arrived);
        Assert.Equal(("POST", "/look/7", "?q=Ulm", """{"customer":7}"""), (
            asked.Method, asked.Path, asked.Query, asked.Body));
        Assert.Equal("Basic " + Convert.ToBase64String("ann:secret"u8), asked.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" [] ")]
    [InlineData("\"\"")]
    public async Task An_empty_answer_ends_the_message(string nothing)
    {
        await using var pipes = new TestPipes();
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (context, request) => context.Response.WriteAsync(
            request.Body.Contains("drop", StringComparison.Ordinal) ? nothing : "\"kept\"");
        pipes.Start();
        await pipes.PipeAsync("p", await EnrichedAsync(pipes, receiver));

        await pipes.Sqs.SendAsync("drop", From);
        await pipes.Sqs.SendAsync("keep", From);

        Assert.Equal("\"kept\"", await ArrivesAsync(pipes));
        var left = await pipes.Sqs.AttributesAsync(From);
        Assert.Equal(("0", "0"), (
            left["ApproximateNumberOfMessages"], left["ApproximateNumberOfMessagesNotVisible"]));
    }

    [Theory]
    [InlineData(503, "later", "answered 503")]
    [InlineData(200, "no JSON", "no JSON")]
    public async Task A_call_that_fails_keeps_the_message_and_tells_why(int status, string body, string reason)
    {
        await using var pipes = new TestPipes();
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        pipes.Start();
        await pipes.PipeAsync("p", await EnrichedAsync(pipes, receiver));
        await pipes.Sqs.SendAsync("one", From);

        string? told;
        do
        {
            told = (string?)(await pipes.OkAsync("GET", "/v1/pipes/p"))["StateReason"];
        }
        while (told is null);

        Assert.Contains(reason, told, StringComparison.Ordinal);
        Assert.Equal("1", (await pipes.Sqs.AttributesAsync(From))["ApproximateNumberOfMessagesNotVisible"]);
        Assert.Equal("0", (await pipes.Sqs.AttributesAsync(To))["ApproximateNumberOfMessages"]);
    }

    [Fact]
    public async Task It_is_told_as_it_was_given_and_can_be_taken_away()
    {
        await using var pipes = new TestPipes();
        await using var receiver = await HttpReceiver.StartAsync();
        var http = new JsonObject
        {
            ["PathParameterValues"] = new JsonArray("a"),
            ["HeaderParameters"] = new JsonObject { ["x-a"] = "b" },
            ["QueryStringParameters"] = new JsonObject(),
        };
        var given = await EnrichedAsync(pipes, receiver, new JsonObject
        {
            ["EnrichmentParameters"] = new JsonObject { ["InputTemplate"] = "<$.body>", ["HttpParameters"] = http },
        }, "look/*");
        await pipes.PipeAsync("p", given);

        var told = await pipes.OkAsync("GET", "/v1/pipes/p");
        Assert.Equal((string?)given["Enrichment"], (string?)told["Enrichment"]);
        Assert.True(JsonNode.DeepEquals(given["EnrichmentParameters"], told["EnrichmentParameters"]), $"{told}");
        Assert.Equal(1, (int?)told["SourceParameters"]!["SqsQueueParameters"]!["BatchSize"]);

        await pipes.OkAsync("PUT", "/v1/pipes/p", new JsonObject { ["Enrichment"] = "", ["RoleArn"] = TestPipes.Role });
        told = await pipes.OkAsync("GET", "/v1/pipes/p");
        Assert.False(told.ContainsKey("Enrichment") || told.ContainsKey("EnrichmentParameters"));
    }

    [Theory]
    [InlineData("""{"SourceParameters":{"SqsQueueParameters":{"BatchSize":2}}}""", "BatchSize")]
    [InlineData("""{"EnrichmentParameters":{"InputTemplate":"{\"a\":<b>}"}}""", "template")]
    [InlineData("""{"EnrichmentParameters":{"HttpParameters":{"HeaderParameters":{"Host":"h"}}}}""", "Host")]
    public async Task What_cannot_be_is_refused_by_name(string change, string named)
    {
        await using var pipes = new TestPipes();
        await using var receiver = await HttpReceiver.StartAsync();
        await pipes.Sqs.CreateAsync("p-from");
        await pipes.Sqs.CreateAsync("p-to");
        var more = await EnrichedAsync(pipes, receiver, JsonNode.Parse(change)!.AsObject());
        var message = await pipes.RefusedAsync(
            "POST", "/v1/pipes/p", 400, "ValidationException", TestPipes.Input("p", more));
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_refused()
    {
        await using var pipes = new TestPipes();
        await pipes.Sqs.CreateAsync("p-from");
        await pipes.Sqs.CreateAsync("p-to");
        var input = TestPipes.Input("p", new JsonObject
        {
            ["Enrichment"] = $"arn:aws:events:us-east-1:000000000000:api-destination/no/{Guid.Empty}",
        });
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 404, "NotFoundException", input);
        await pipes.RefusedAsync("POST", "/v1/pipes/p", 400, "ValidationException", TestPipes.Input("p", new JsonObject
        {
            ["EnrichmentParameters"] = new JsonObject(),
        }));
    }

    /// <summary>What a pipe needs to be told to call the receiver.</summary>
    private static async Task<JsonObject> EnrichedAsync(
        TestPipes pipes, HttpReceiver receiver, JsonObject? more = null, string path = "look")
    {
        var connection = await pipes.EventsAsync("CreateConnection", new JsonObject
        {
            ["Name"] = "c",
            ["AuthorizationType"] = "BASIC",
            ["AuthParameters"] = new JsonObject
            {
                ["BasicAuthParameters"] = new JsonObject { ["Username"] = "ann", ["Password"] = "secret" },
            },
        });
        var destination = await pipes.EventsAsync("CreateApiDestination", new JsonObject
        {
            ["Name"] = "d",
            ["ConnectionArn"] = connection["ConnectionArn"]!.GetValue<string>(),
            ["InvocationEndpoint"] = $"{receiver.Address}{path}",
            ["HttpMethod"] = "POST",
        });
        var input = new JsonObject { ["Enrichment"] = destination["ApiDestinationArn"]!.GetValue<string>() };
        foreach (var (member, value) in more ?? []) input[member] = value?.DeepClone();
        return input;
    }

    private static async Task<string?> ArrivesAsync(TestPipes pipes)
    {
        var answer = await pipes.Sqs.JsonAsync("ReceiveMessage", $$"""{"QueueUrl":"{{To}}","WaitTimeSeconds":20}""");
        return Assert.Single(answer.Items("Messages", "Message")).Text("Body");
    }
}
