using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeleteConnectionTests
{
    [Fact]
    public async Task Its_destinations_become_inactive_also_when_another_takes_its_name()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.DestinationAsync(await test.ConnectAsync());
        var answer = await test.Events.OkAsync("DeleteConnection", """{"Name":"c"}""");
        await test.ConnectAsync();

        Assert.Equal("DELETING", answer["ConnectionState"]!.GetValue<string>());
        var described = await test.Events.OkAsync("DescribeApiDestination", """{"Name":"d"}""");
        Assert.Equal("INACTIVE", described["ApiDestinationState"]!.GetValue<string>());
        await test.Events.RefusedAsync("DeleteConnection", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
