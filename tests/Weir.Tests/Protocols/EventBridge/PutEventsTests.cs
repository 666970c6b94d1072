using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class PutEventsTests
{
    [Fact]
    public async Task An_event_comes_in_its_envelope_to_those_whose_rule_matches()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.QueueAsync("other");
        await events.RuleAsync("no", """{"source":["other"]}""");
        await events.TargetsAsync("no", TestEvents.Target("other"));

        var answer = await events.OkAsync("PutEvents", """
            {"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{\"n\": 1.50}","Time":1700000000.75,
                         "Resources":["arn:a","b"]}]}
            """);

        var id = answer["Entries"]![0]!["EventId"]!.GetValue<string>();
        Assert.Equal(
            $$$"""{"version":"0","id":"{{{id}}}","detail-type":"Sold","source":"shop","account":"000000000000","""
            + """
            "time":"2023-11-14T22:13:20Z","region":"us-east-1","resources":["arn:a","b"],"detail":{"n": 1.50}}
            """,
            Assert.Single(await events.BodiesAsync("q")));
        Assert.Empty(await events.BodiesAsync("other"));
    }

    [Fact]
    public async Task Each_entry_is_answered_for_itself()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        string[] entries =
        [
            TestEvents.Entry(), TestEvents.Entry("[]"), TestEvents.Entry("{"), TestEvents.Entry("""{"a":"\ud800"}"""),
            TestEvents.Entry(bus: "none"), TestEvents.Entry(source: "aws.ec2"), TestEvents.Entry(source: ""),
            """{"Source":"shop","Detail":"{}"}""", """{"Source":"shop","DetailType":"t"}""", TestEvents.Entry(),
        ];

        var answer = await events.OkAsync("PutEvents", $$"""{"Entries":[{{string.Join(',', entries)}}]}""");

        Assert.Equal(8, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(
            [
                null, "MalformedDetail", "MalformedDetail", "MalformedDetail", "ResourceNotFoundException",
                "NotAuthorizedForSource", "InvalidArgument", "InvalidArgument", "InvalidArgument", null,
            ],
            answer["Entries"]!.AsArray().Select(entry => entry!["ErrorCode"]?.GetValue<string>()));
        Assert.Equal(2, (await events.BodiesAsync("q")).Count);
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public async Task A_detail_may_be_nested_so_deep(int depth, bool isTaken)
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        var detail = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

        var answer = await events.OkAsync("PutEvents", $$"""{"Entries":[{{TestEvents.Entry(detail)}}]}""");

        Assert.Equal(isTaken ? 0 : 1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal(isTaken ? 1 : 0, (await events.BodiesAsync("q")).Count);
    }

    [Fact]
    public async Task An_entry_takes_at_most_a_mebibyte_and_many_large_ones_go_one_by_one()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        var large = TestEvents.Entry($$"""{"a":"{{new string('a', 700_000)}}"}""");
        var tooLarge = TestEvents.Entry($$"""{"a":"{{new string('a', 1 << 20)}}"}""");

        var answer = await events.OkAsync(
            "PutEvents", $$"""{"Entries":[{{large}},{{tooLarge}},{{large}},{{large}}]}""");

        Assert.Equal(1, answer["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal("InvalidArgument", answer["Entries"]![1]!["ErrorCode"]!.GetValue<string>());
        Assert.Equal(3, (await events.BodiesAsync("q")).Count);
    }

    [Fact]
    public async Task Inputs_make_of_the_event_what_the_target_gets()
    {
        await using var events = new TestEvents();
        await events.RuleAsync("r");
        foreach (var name in (string[])["constant", "path", "made"]) await events.QueueAsync(name);
        await events.TargetsAsync("r", TestEvents.Target("constant", ""","Input":"{\"x\":1}" """));
        await events.TargetsAsync("r", TestEvents.Target("path", ""","InputPath":"$.detail.a" """));
        await events.TargetsAsync("r", TestEvents.Target("made", """
            ,"InputTransformer":{"InputPathsMap":{"n":"$.detail.n"},
                                 "InputTemplate":"{\"n\":<n>,\"by\":<aws.events.rule-name>}"}
            """));

        await events.PutAsync("""{"a":{"b":2},"n":3}""");

        Assert.Equal(["""{"x":1}"""], await events.BodiesAsync("constant"));
        Assert.Equal(["""{"b":2}"""], await events.BodiesAsync("path"));
        Assert.Equal(["""{"n":3,"by":"r"}"""], await events.BodiesAsync("made"));
    }

    [Fact]
    public async Task A_fifo_queue_gets_its_group_and_forgets_what_is_the_same()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("f.fifo", ("ContentBasedDeduplication", "true"));
        await events.RuleAsync("r");
        await events.TargetsAsync("r", TestEvents.Target(
            "f.fifo", ""","InputPath":"$.detail","SqsParameters":{"MessageGroupId":"g"} """));

        await events.PutAsync("""{"n":1}""");
        await events.PutAsync("""{"n":1}""");
        await events.PutAsync("""{"n":2}""");

        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await events.BodiesAsync("f.fifo"));
    }

    [Fact]
    public async Task A_topic_gets_the_input_and_passes_it_on()
    {
        await using var events = new TestEvents();
        await events.TopicAsync("t");
        await events.RuleAsync("r");
        await events.TargetsAsync("r", $$"""
            {"Id":"t","Arn":"{{TestEvents.TopicPrefix}}t","InputPath":"$.detail"}
            """);

        await events.PutAsync("""{"n":1}""");

        Assert.Equal(["""{"n":1}"""], await events.BodiesAsync("t"));
    }

    [Fact]
    public async Task Another_bus_gets_the_same_event()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        await events.RouteAsync("there", "q", "orders");
        await events.RuleAsync("r");
        await events.TargetsAsync("r", $$"""{"Id":"b","Arn":"{{TestEvents.Prefix}}event-bus/orders"}""");

        var id = await events.PutAsync();

        var body = JsonNode.Parse(Assert.Single(await events.BodiesAsync("q")))!;
        Assert.Equal(id, body["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_delivered_goes_to_the_dead_letter_queue_and_says_why()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.QueueAsync("dead");
        await events.TargetsAsync("r", TestEvents.Target("q", $$$"""
            ,"DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}dead"},"Input":"1"
            """));
        await events.DeleteQueueAsync("q");

        await events.PutAsync("""{"n":1}""");

        var attributes = await events.AttributesAsync("dead");
        Assert.Equal($"{TestEvents.Prefix}rule/r", attributes["RULE_ARN"]);
        Assert.Equal($"{TestEvents.QueuePrefix}q", attributes["TARGET_ARN"]);
        Assert.Equal("NO_RESOURCE", attributes["ERROR_CODE"]);
        Assert.Contains("does not exist", attributes["ERROR_MESSAGE"], StringComparison.Ordinal);
        events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("\"n\":1", Assert.Single(await events.BodiesAsync("dead")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_is_no_delivery()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.QueueAsync("dead");
        await events.TargetsAsync("r", TestEvents.Target("q", $$$"""
            ,"DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}dead"},"InputPath":"$.detail.none"
            """));

        await events.PutAsync();

        Assert.Empty(await events.BodiesAsync("q"));
        Assert.Equal("INVALID_PARAMETER", (await events.AttributesAsync("dead"))["ERROR_CODE"]);
    }

    [Fact]
    public async Task What_has_nowhere_to_go_is_logged_and_the_others_get_theirs()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.RouteAsync("s", "stays");
        await events.DeleteQueueAsync("q");

        await events.PutAsync();

        Assert.Single(await events.BodiesAsync("stays"));
        var entry = Assert.Single(events.Sqs.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Contains($"{TestEvents.QueuePrefix}q", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_none_is_refused()
    {
        await using var events = new TestEvents();
        var eleven = string.Join(',', Enumerable.Repeat(TestEvents.Entry(), 11));

        await events.RefusedAsync("PutEvents", """{"Entries":[]}""", "ValidationException");
        await events.RefusedAsync("PutEvents", $$"""{"Entries":[{{eleven}}]}""", "ValidationException");
        await events.RefusedAsync(
            "PutEvents", $$"""{"EndpointId":"a.b","Entries":[{{TestEvents.Entry()}}]}""", "UnsupportedOperation");
    }
}
