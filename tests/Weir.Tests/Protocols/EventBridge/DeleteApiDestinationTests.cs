using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeleteApiDestinationTests
{
    [Fact]
    public async Task What_rules_send_to_it_is_dead_lettered()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        await test.Events.OkAsync("DeleteApiDestination", """{"Name":"d"}""");
        await test.Events.PutAsync();

        Assert.Contains("does not exist", (await test.DeadLetterAsync())["ERROR_MESSAGE"], StringComparison.Ordinal);
        await test.Events.RefusedAsync("DeleteApiDestination", """{"Name":"d"}""", "ResourceNotFoundException");
    }
}
