using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class UpdateConnectionTests
{
    [Fact]
    public async Task What_it_does_not_name_stays()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.RuleAsync(await test.DestinationAsync(await test.ConnectAsync()));
        await test.Events.OkAsync("UpdateConnection", """
            {"Name":"c","Description":"new","AuthParameters":{"BasicAuthParameters":{"Username":"bob"}}}
            """);
        await test.Events.PutAsync();

        var request = Assert.Single(await test.ArrivedAsync(1));
        Assert.Equal("Basic " + Convert.ToBase64String("bob:pa55-secret"u8), request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Another_type_needs_all_of_its_own()
    {
        await using var test = await TestEndpoints.StartAsync();
        await test.ConnectAsync();
        await test.Events.RefusedAsync(
            "UpdateConnection", """{"Name":"c","AuthorizationType":"API_KEY"}""", "ValidationException");
        await test.Events.OkAsync("UpdateConnection", TestEndpoints.Connection(
            "c", "API_KEY", """{"ApiKeyAuthParameters":{"ApiKeyName":"X-Key","ApiKeyValue":"k"}}"""));
        var described = await test.Events.OkAsync("DescribeConnection", """{"Name":"c"}""");
        Assert.Equal("API_KEY", described["AuthorizationType"]!.GetValue<string>());
        await test.Events.RefusedAsync("UpdateConnection", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
