using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListArchivesTests
{
    [Theory]
    [InlineData("{}", "a1 a2 b1")]
    [InlineData("""{"NamePrefix":"a"}""", "a1 a2")]
    [InlineData($$"""{"EventSourceArn":"{{TestEvents.Prefix}}event-bus/shop"}""", "b1")]
    [InlineData("""{"State":"ENABLED"}""", "a1 a2 b1")]
    [InlineData("""{"State":"DISABLED"}""", "")]
    public async Task It_lists_those_that_are_asked_for(string request, string names)
    {
        await using var events = new TestEvents();
        await events.BusAsync("shop");
        await events.ArchiveAsync("a2");
        await events.ArchiveAsync("a1");
        await events.ArchiveAsync("b1", "shop");
        await events.PutAsync();

        var listed = (await events.OkAsync("ListArchives", request))["Archives"]!.AsArray();
        Assert.Equal(names, string.Join(' ', listed.Select(each => each!["ArchiveName"]!.GetValue<string>())));
        Assert.All(listed, each => Assert.Equal(
            each!["ArchiveName"]!.GetValue<string>() == "b1" ? 0 : 1, each["EventCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task It_goes_on_page_by_page()
    {
        await using var events = new TestEvents();
        foreach (var name in (string[])["a", "b", "c"]) await events.ArchiveAsync(name);
        var first = await events.OkAsync("ListArchives", """{"Limit":2}""");
        var second = await events.OkAsync(
            "ListArchives", $$"""{"Limit":2,"NextToken":"{{first["NextToken"]!.GetValue<string>()}}"}""");

        Assert.Equal("c", Assert.Single(second["Archives"]!.AsArray())!["ArchiveName"]!.GetValue<string>());
        Assert.Null(second["NextToken"]);
    }
}
