using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListConnectionsTests
{
    [Fact]
    public async Task It_lists_by_prefix_and_state_in_pages()
    {
        await using var test = await TestEndpoints.StartAsync();
        foreach (var name in (string[])["b", "a1", "a2"]) await test.ConnectAsync(name);
        await test.Events.OkAsync("DeauthorizeConnection", """{"Name":"a2"}""");

        Assert.Equal(["a1", "a2"], await NamesAsync(test, """{"NamePrefix":"a"}"""));
        Assert.Equal(["a2"], await NamesAsync(test, """{"ConnectionState":"DEAUTHORIZED"}"""));
        var page = await test.Events.OkAsync("ListConnections", """{"Limit":2}""");
        var next = page["NextToken"]!.GetValue<string>();
        Assert.Equal(["b"], await NamesAsync(test, $$"""{"NextToken":"{{next}}"}"""));
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestEndpoints test, string request) =>
        (await test.Events.OkAsync("ListConnections", request))["Connections"]!.AsArray()
        .Select(connection => connection!["Name"]!.GetValue<string>());
}
