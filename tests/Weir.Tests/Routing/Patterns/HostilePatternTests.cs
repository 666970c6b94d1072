using System.Text;
using Weir.Broker.Routing.Patterns;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

public sealed class HostilePatternTests
{
    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void An_event_nested_deeper_than_1000_levels_is_not_read(int depth, bool isRead)
    {
        var json = new string('[', depth) + new string(']', depth);

        Assert.Equal(isRead, new EventFields().TryReadJson(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{'a':1}")]
    public void What_is_no_json_is_not_read_and_leaves_no_field(string json)
    {
        var fields = PatternCases.Read("eventbridge", """{"a":1}""");
        var set = PatternSet<int>.Build([(PatternCases.Parse("""{"a":[1]}"""), 0)]);
        List<int> matched = [];

        Assert.False(fields.TryReadJson(Encoding.UTF8.GetBytes(json)));

        set.Match(fields, matched);
        Assert.Empty(matched);
    }

    [Fact]
    public void A_text_that_is_no_utf8_is_not_read() =>
        Assert.False(new EventFields().TryReadJson([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]));

    [Fact]
    public void A_pattern_nested_deeper_than_it_may_be_is_refused() =>
        AssertRefused(string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "[1]" + new string('}', 70), "nested deeper");

    [Fact]
    public void A_pattern_longer_than_its_limit_is_refused()
    {
        Assert.True(Pattern.Parse(Long(2_048), PatternOptions.EventBridge).IsOk);
        Assert.False(Pattern.Parse(Long(2_049), PatternOptions.EventBridge).IsOk);
        Assert.True(Pattern.Parse(Long(2_049), PatternOptions.Sns).IsOk);

        static byte[] Long(int length) => Encoding.UTF8.GetBytes($"{{\"a\":[\"{new string('x', length - 10)}\"]}}");
    }

    [Fact]
    public void An_or_that_unfolds_to_too_much_is_refused_before_it_is_unfolded()
    {
        var fields = Enumerable.Range(0, 40).Select(i => $$"""
            "f{{i}}":{"$or":[{"a":[1]},{"b":[1]}]}
            """);

        AssertRefused($"{{{string.Concat(string.Join(',', fields))}}}", "1000 combinations");
    }

    [Fact]
    public void Five_huge_arrays_of_objects_are_matched_without_trying_their_combinations()
    {
        var pattern = PatternCases.Parse(
            """{"a":{"x":[1],"y":[2]},"b":{"x":[1],"y":[2]},"c":{"x":[1],"y":[2]},"d":{"x":[1],"y":[2]}}""");
        var list = $"[{string.Join(',', Enumerable.Repeat("""{"x":1,"y":3},{"x":3,"y":2}""", 10_000))}";
        var set = PatternSet<int>.Build([(pattern, 0)]);

        Assert.Empty(Matched(set, $$"""{"a":{{list}}],"b":{{list}}],"c":{{list}}],"d":{{list}}]}"""));
        var good = list + """,{"x":1,"y":2}]""";
        Assert.Equal([0], Matched(set, $$"""{"a":{{good}},"b":{{good}},"c":{{good}},"d":{{good}}}"""));
    }

    [Fact]
    public void A_rule_of_more_than_64_fields_in_an_array_is_matched()
    {
        var names = Enumerable.Range(0, 130).ToList();
        var pattern = $"{{\"a\":{{{string.Join(',', names.Select(i => $"\"f{i}\":[{i}]"))}}}}}";
        var set = PatternSet<int>.Build([(PatternCases.Parse(pattern), 0)]);
        var whole = string.Join(',', names.Select(i => $"\"f{i}\":{i}"));
        var half = string.Join(',', names.Take(129).Select(i => $"\"f{i}\":{i}"));

        Assert.Equal([0], Matched(set, $"{{\"a\":[{{{half}}},{{{whole}}}]}}"));
        Assert.Empty(Matched(set, $"{{\"a\":[{{{half}}},{{\"f129\":129}}]}}"));
    }

    [Fact]
    public void Many_stars_on_a_long_text_have_no_way_back()
    {
        var rules = Enumerable.Range(0, 200)
            .Select(i => (PatternCases.Parse($$"""{"a":[{"wildcard":"*a*a*a*a*a*b{{i}}x*a*a*c"}]}"""), i))
            .ToList();
        var set = PatternSet<int>.Build(rules);

        Assert.Empty(Matched(set, $"{{\"a\":\"{new string('a', 100_000)}\"}}"));
        Assert.Equal([17], Matched(set, $"{{\"a\":\"{new string('a', 100_000)}b17xaac\"}}"));
    }

    private static List<int> Matched(PatternSet<int> set, string json)
    {
        List<int> matched = [];
        set.Match(PatternCases.Read("eventbridge", json), matched);
        return matched;
    }

    private static void AssertRefused(string pattern, string reason)
    {
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternOptions.SnsBody with { KeysMax = 1_000 });
        Assert.False(parsed.IsOk);
        Assert.Contains(reason, parsed.Fault.Message, StringComparison.Ordinal);
    }
}
