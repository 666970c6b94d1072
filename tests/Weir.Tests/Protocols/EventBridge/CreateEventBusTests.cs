using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class CreateEventBusTests
{
    [Fact]
    public async Task It_makes_a_bus_that_is_there_afterwards()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("dead");
        var made = await events.OkAsync("CreateEventBus", $$$"""
            {"Name":"orders","Description":"All orders","LogConfig":{"Level":"OFF"},
             "DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}dead"}}
            """);

        Assert.Equal($"{TestEvents.Prefix}event-bus/orders", made["EventBusArn"]!.GetValue<string>());
        var described = await events.OkAsync("DescribeEventBus", """{"Name":"orders"}""");
        Assert.Equal("All orders", described["Description"]!.GetValue<string>());
        Assert.Equal($"{TestEvents.QueuePrefix}dead", described["DeadLetterConfig"]!["Arn"]!.GetValue<string>());
        Assert.Equal(1_767_225_600, described["CreationTime"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_bus_that_is_there_is_not_made_again()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        await events.RefusedAsync("CreateEventBus", """{"Name":"orders"}""", "ResourceAlreadyExistsException");
        await events.RefusedAsync("CreateEventBus", """{"Name":"default"}""", "ResourceAlreadyExistsException");
    }

    [Fact]
    public async Task What_Weir_has_not_is_refused_by_name()
    {
        await using var events = new TestEvents();
        string[] options =
        [
            "\"KmsKeyIdentifier\":\"k\"", "\"LogConfig\":{\"Level\":\"INFO\"}",
            "\"LogConfig\":{\"IncludeDetail\":\"FULL\"}",
        ];
        foreach (var option in options)
        {
            var message = await events.RefusedAsync(
                "CreateEventBus", $$"""{"Name":"orders",{{option}}}""", "ValidationException");
            Assert.StartsWith(option.Split('"')[1], message, StringComparison.Ordinal);
        }

        await events.RefusedAsync("CreateEventBus", """{"Name":"a","EventSourceName":"p"}""", "UnsupportedOperation");
        await events.RefusedAsync(
            "CreateEventBus", $$$"""{"Name":"a","DeadLetterConfig":{"Arn":"{{{TestEvents.QueuePrefix}}}none"}}""",
            "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_bad_name_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("CreateEventBus", "{}", "ValidationException");
        await events.RefusedAsync("CreateEventBus", """{"Name":"a b"}""", "ValidationException");
        await events.RefusedAsync("CreateEventBus", """{"Name":"a/b"}""", "ValidationException");
    }

    [Fact]
    public async Task There_are_at_most_a_hundred()
    {
        await using var events = new TestEvents();
        for (var i = 1; i < 100; i++) await events.BusAsync($"bus{i}");
        await events.RefusedAsync("CreateEventBus", """{"Name":"more"}""", "LimitExceededException");
    }
}
