using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class TagResourceTests
{
    private const string Path = "/tags/arn%3Aaws%3Ascheduler%3Aus-east-1%3A000000000000%3Aschedule-group%2Fdefault";

    [Fact]
    public async Task Tags_are_added_and_replaced()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.OkAsync("POST", Path, Tags(("a", "1"), ("b", "1")));
        await scheduler.OkAsync("POST", Path, Tags(("b", "2")));
        await scheduler.RestartAsync();
        var answer = await scheduler.OkAsync("GET", Path);
        Assert.Equal("""[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]""", answer["Tags"]!.ToJsonString());
        await scheduler.RefusedAsync("POST", Path, 400, "ValidationException", Tags(("aws:a", "1")));
        await scheduler.RefusedAsync("POST", Path, 402, "ServiceQuotaExceededException",
            Tags([.. Enumerable.Range(0, 49).Select(i => ($"k{i}", "v"))]));
    }

    internal static JsonObject Tags(params (string Key, string Value)[] tags) => new()
    {
        ["Tags"] = new JsonArray(
            [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    };
}
