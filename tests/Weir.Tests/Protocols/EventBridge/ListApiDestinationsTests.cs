using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListApiDestinationsTests
{
    [Fact]
    public async Task It_lists_by_prefix_and_connection()
    {
        await using var test = await TestEndpoints.StartAsync();
        var (one, two) = (await test.ConnectAsync("one"), await test.ConnectAsync("two"));
        await test.DestinationAsync(one, "a");
        await test.DestinationAsync(two, "b");

        Assert.Equal(["a", "b"], await NamesAsync(test, "{}"));
        Assert.Equal(["a"], await NamesAsync(test, """{"NamePrefix":"a"}"""));
        Assert.Equal(["b"], await NamesAsync(test, $$"""{"ConnectionArn":"{{two}}"}"""));
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestEndpoints test, string request) =>
        (await test.Events.OkAsync("ListApiDestinations", request))["ApiDestinations"]!.AsArray()
        .Select(destination => destination!["Name"]!.GetValue<string>());
}
