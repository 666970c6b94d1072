using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class UpdateApiDestinationTests
{
    [Fact]
    public async Task The_next_call_is_as_it_then_is()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        await test.Events.OkAsync("UpdateApiDestination", $$"""
            {"Name":"d","InvocationEndpoint":"{{test.Receiver.Address}}new","HttpMethod":"PUT"}
            """);
        await test.Events.PutAsync();

        var request = Assert.Single(await test.ArrivedAsync(1));
        Assert.Equal(("/new", "PUT"), (request.Path, request.Method));
        await test.Events.RefusedAsync("UpdateApiDestination", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
