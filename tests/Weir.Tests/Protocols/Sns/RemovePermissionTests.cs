using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class RemovePermissionTests
{
    [Fact]
    public async Task The_statement_of_the_label_goes_and_the_others_stay()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.OkAsync(AddPermissionTests.Add("one", ["111111111111"], ["Publish"]));
        await sns.OkAsync(AddPermissionTests.Add("two", ["111111111111"], ["Publish"]));

        Assert.False((await sns.OkAsync(Remove("news", "one"))).HasResult);

        Assert.Equal(
            ["__default_statement_ID", "two"],
            (await AddPermissionTests.StatementsAsync(sns)).Select(one => one!["Sid"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(Remove("news", "one"), "NotFound", 404);
        await sns.RefusedAsync(Remove("other", "one"), "NotFound", 404);
        await sns.RefusedAsync(Remove("news", ""));
    }

    private static SnsRequest Remove(string topic, string label) =>
        new SnsRequest("RemovePermission").Topic(topic).Set("Label", label);
}
