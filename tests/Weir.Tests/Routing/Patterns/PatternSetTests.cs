using Weir.Broker.Routing.Patterns;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

public sealed class PatternSetTests
{
    [Fact]
    public void A_set_of_no_rules_matches_nothing() =>
        Assert.Empty(Matched(PatternSet<int>.Build([]), """{"a":1}"""));

    [Fact]
    public void A_rule_that_matches_by_each_of_its_choices_is_given_once()
    {
        var pattern = PatternCases.Parse("""{"$or":[{"a":["x","y"]},{"b":["x"]},{"a":[{"exists":true}]}]}""");

        Assert.Equal([3], Matched(PatternSet<int>.Build([(pattern, 3)]), """{"a":["x","y","x"],"b":"x"}"""));
    }

    [Fact]
    public void Equal_rules_are_all_given()
    {
        var pattern = PatternCases.Parse("""{"a":["x"],"b":[{"exists":false}]}""");
        var set = PatternSet<int>.Build([(pattern, 1), (pattern, 2), (PatternCases.Parse("""{"a":["y"]}"""), 3)]);

        Assert.Equal([1, 2], Matched(set, """{"a":"x"}""").Order());
    }

    [Fact]
    public void What_matched_before_stays_in_the_list_and_nothing_of_an_event_in_the_set()
    {
        var set = PatternSet<string>.Build(
        [
            (PatternCases.Parse("""{"a":["x"]}"""), "exact"),
            (PatternCases.Parse("""{"a":[{"anything-but":["x","y"]}]}"""), "but"),
            (PatternCases.Parse("""{"b":[{"exists":false}]}"""), "absent"),
        ]);
        List<string> matched = ["before"];

        set.Match(PatternCases.Read("eventbridge", """{"a":"x","b":1}"""), matched);
        set.Match(PatternCases.Read("eventbridge", """{"a":["x","z"]}"""), matched);
        set.Match(PatternCases.Read("eventbridge", """{"b":1}"""), matched);

        Assert.Equal(["before", "exact"], matched[..2]);
        Assert.Equal(["absent", "but", "exact"], matched[2..].Order());
    }

    [Fact]
    public void Fields_are_read_again_into_the_same_memory()
    {
        var set = PatternSet<int>.Build([(PatternCases.Parse("""{"a":{"b":["x"],"c":["y"]}}"""), 1)]);
        var fields = EventFields.Rent();
        List<int> matched = [];

        Assert.True(fields.TryReadJson("""{"a":[{"b":"x"},{"c":"y"}]}"""u8));
        set.Match(fields, matched);
        Assert.Empty(matched);

        Assert.True(fields.TryReadJson("""{"a":{"b":"x","c":"y"}}"""u8));
        set.Match(fields, matched);
        Assert.Equal([1], matched);

        fields.Return();
        matched.Clear();
        set.Match(fields, matched);
        Assert.Empty(matched);
    }

    [Fact]
    public async Task Many_threads_share_a_set()
    {
        var rules = Enumerable.Range(0, 500)
            .Select(i => (PatternCases.Parse($$"""{"a":["{{i}}",{"prefix":"p{{i}}-"}],"b":[{"exists":false}]}"""), i));
        var set = PatternSet<int>.Build([.. rules]);

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), (i, _) =>
        {
            Assert.Equal([i], Matched(set, $$"""{"a":"{{i}}"}"""));
            Assert.Equal([i], Matched(set, $$"""{"a":"p{{i}}-x"}"""));
            Assert.Empty(Matched(set, $$"""{"a":"{{i}}","b":0}"""));
            return ValueTask.CompletedTask;
        });
    }

    private static List<int> Matched(PatternSet<int> set, string json)
    {
        List<int> matched = [];
        set.Match(PatternCases.Read("eventbridge", json), matched);
        return matched;
    }
}
