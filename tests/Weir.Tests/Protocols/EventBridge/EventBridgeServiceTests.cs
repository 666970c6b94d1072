using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class EventBridgeServiceTests
{
    [Fact]
    public async Task What_is_not_served_is_refused_by_name()
    {
        await using var events = new TestEvents();
        string[] operations =
        [
            "CreateEndpoint", "PutPartnerEvents",
        ];
        foreach (var operation in operations)
        {
            var message = await events.RefusedAsync(operation, "{}", "UnsupportedOperation");
            Assert.Contains(operation, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_has_no_Query_protocol()
    {
        await using var events = new TestEvents();
        var answer = await events.Sqs.QueryAsync("Action=PutRule&Name=r");

        Assert.Equal((400, "InvalidAction"), (answer.Status, answer.Code));
    }
}
