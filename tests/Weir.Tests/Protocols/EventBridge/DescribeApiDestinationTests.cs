using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeApiDestinationTests
{
    [Fact]
    public async Task It_answers_what_was_put()
    {
        await using var test = await TestEndpoints.StartAsync();
        var connection = await test.ConnectAsync();
        await test.DestinationAsync(connection, path: "a/*", more: ",\"Description\":\"why\"", method: "PUT");
        var described = await test.Events.OkAsync("DescribeApiDestination", """{"Name":"d"}""");

        Assert.Equal(
            ("why", connection, $"{test.Receiver.Address}a/*", "PUT"),
            (Text("Description"), Text("ConnectionArn"), Text("InvocationEndpoint"), Text("HttpMethod")));
        await test.Events.RefusedAsync("DescribeApiDestination", """{"Name":"none"}""", "ResourceNotFoundException");

        string Text(string member) => described[member]!.GetValue<string>();
    }
}
