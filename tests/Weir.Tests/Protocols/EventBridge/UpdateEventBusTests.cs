using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class UpdateEventBusTests
{
    [Fact]
    public async Task It_changes_what_is_given()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("dead");
        await events.OkAsync("CreateEventBus", """{"Name":"orders","Description":"old"}""");
        events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(5));

        await events.OkAsync("UpdateEventBus", $$$"""
            {"Name":"orders","DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}dead"}}
            """);
        var updated = await events.OkAsync("UpdateEventBus", """{"Name":"orders","Description":"new"}""");

        Assert.Equal("new", updated["Description"]!.GetValue<string>());
        Assert.Equal($"{TestEvents.QueuePrefix}dead", updated["DeadLetterConfig"]!["Arn"]!.GetValue<string>());
        var described = await events.OkAsync("DescribeEventBus", """{"Name":"orders"}""");
        Assert.Equal(1_767_225_605, described["LastModifiedTime"]!.GetValue<long>());
        Assert.Equal(1_767_225_600, described["CreationTime"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_bus_must_be_there()
    {
        await using var events = new TestEvents();
        await events.OkAsync("UpdateEventBus", """{"Description":"the default one"}""");
        await events.RefusedAsync(
            "UpdateEventBus", """{"Name":"none","Description":"d"}""", "ResourceNotFoundException");
    }
}
