using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeauthorizeConnectionTests
{
    [Fact]
    public async Task Nothing_is_called_by_it_until_it_has_new_secrets()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        var answer = await test.Events.OkAsync("DeauthorizeConnection", """{"Name":"c"}""");
        Assert.Equal("DEAUTHORIZED", answer["ConnectionState"]!.GetValue<string>());
        await test.Events.PutAsync();
        Assert.Contains("not authorized", (await test.DeadLetterAsync())["ERROR_MESSAGE"], StringComparison.Ordinal);
        Assert.Empty(test.Receiver.Arrived);

        await test.Events.OkAsync(
            "UpdateConnection", TestEndpoints.Connection("c", "BASIC", TestEndpoints.Basic));
        await test.Events.PutAsync();
        await test.ArrivedAsync(1);
    }
}
