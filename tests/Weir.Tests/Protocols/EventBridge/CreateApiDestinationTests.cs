using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class CreateApiDestinationTests
{
    [Fact]
    public async Task It_is_active_with_a_rate_of_three_hundred()
    {
        await using var test = await TestEndpoints.StartAsync();
        var arn = await test.DestinationAsync(await test.ConnectAsync());
        var described = await test.Events.OkAsync("DescribeApiDestination", """{"Name":"d"}""");

        Assert.Equal(arn, described["ApiDestinationArn"]!.GetValue<string>());
        Assert.Equal("ACTIVE", described["ApiDestinationState"]!.GetValue<string>());
        Assert.Equal(300, described["InvocationRateLimitPerSecond"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_cannot_be_called_is_refused()
    {
        await using var test = await TestEndpoints.StartAsync();
        var connection = await test.ConnectAsync();
        await test.DestinationAsync(connection);
        await test.Events.RefusedAsync(
            "CreateApiDestination", test.Destination(connection), "ResourceAlreadyExistsException");
        await test.Events.RefusedAsync("CreateApiDestination", test.Destination(
            $"{TestEvents.Prefix}connection/none/{Guid.Empty}", "e"), "ResourceNotFoundException");
        await test.Events.RefusedAsync(
            "CreateApiDestination", test.Destination("arn", "e"), "ValidationException");
        await test.Events.RefusedAsync(
            "CreateApiDestination", test.Destination(connection, "e", method: "TRACE"), "ValidationException");
        await test.Events.RefusedAsync("CreateApiDestination", test.Destination(
            connection, "e", more: ",\"InvocationRateLimitPerSecond\":0"), "ValidationException");
        await test.Events.RefusedAsync("CreateApiDestination", """{"Name":"e"}""", "ValidationException");
        foreach (var address in (string[])["ftp://a/", "https://u:p@a/", "https://*.a/", "//a", "https://a.*:1"])
        {
            await test.Events.RefusedAsync("CreateApiDestination", $$"""
                {"Name":"e","ConnectionArn":"{{connection}}","HttpMethod":"GET","InvocationEndpoint":"{{address}}"}
                """, "ValidationException");
        }
    }
}
