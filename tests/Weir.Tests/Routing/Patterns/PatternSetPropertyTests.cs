using System.Text.Json;
using CsCheck;
using Weir.Broker.Routing.Patterns;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

public sealed class PatternSetPropertyTests
{
    private static readonly Gen<string> Name = OneOf("a", "b", "c");

    // Few and short, so that what a pattern asks for often occurs.
    private static readonly Gen<string> Text = Gen.String[Gen.Char["abB"], 0, 4];
    private static readonly Gen<string> Quoted = Text.Select(text => $"\"{text}\"");
    private static readonly Gen<string> Filled = Gen.String[Gen.Char["abB"], 1, 2].Select(text => $"\"{text}\"");
    private static readonly Gen<string> Number = OneOf("-1", "0", "1", "1.0", "10e-1", "1.5", "2", "0.02e2");
    private static readonly Gen<string> Scalar =
        Gen.OneOf(Quoted, Quoted, Number, OneOf("true", "false", "null"));

    private static readonly Gen<string> Wildcard =
        OneOf("a", "b", "B").Array[0, 3].Select(parts => $"\"*{string.Join('*', parts)}\"");

    private static readonly Gen<string> Test = Gen.OneOf(
        Scalar,
        Scalar,
        Quoted.Select(text => $$"""{"prefix":{{text}}}"""),
        Quoted.Select(text => $$"""{"suffix":{{text}}}"""),
        Quoted.Select(text => $$$"""{"prefix":{"equals-ignore-case":{{{text}}}}}"""),
        Quoted.Select(text => $$$"""{"suffix":{"equals-ignore-case":{{{text}}}}}"""),
        Quoted.Select(text => $$"""{"equals-ignore-case":{{text}}}"""),
        Wildcard.Select(text => $$"""{"wildcard":{{text}}}"""),
        Gen.Bool.Select(value => $$"""{"exists":{{(value ? "true" : "false")}}}"""),
        Gen.Select(OneOf("=", "<", "<=", ">", ">="), Number, (sign, number) =>
            $$"""{"numeric":["{{sign}}",{{number}}]}"""),
        Gen.Select(OneOf(">", ">="), OneOf("<", "<="), Gen.Int[-1, 1], Gen.Int[1, 2],
            (low, high, bottom, length) => $$"""{"numeric":["{{low}}",{{bottom}},"{{high}}",{{bottom + length}}]}"""),
        Quoted.Array[1, 3].Select(texts => $$"""{"anything-but":[{{string.Join(',', texts)}}]}"""),
        Number.Array[1, 3].Select(numbers => $$"""{"anything-but":[{{string.Join(',', numbers)}}]}"""),
        Gen.Select(OneOf("prefix", "suffix", "equals-ignore-case"), Filled.Array[1, 2], (name, texts) =>
            $$$"""{"anything-but":{"{{{name}}}":[{{{string.Join(',', texts)}}}]}}"""),
        Wildcard.Select(text => $$$"""{"anything-but":{"wildcard":{{{text}}}}}"""));

    private static readonly Gen<string> Leaf = Test.Array[1, 3].Select(tests => $"[{string.Join(',', tests)}]");

    [Fact]
    public void A_set_matches_what_each_rule_alone_would_by_its_definition() =>
        Gen.Select(PatternOf(3).Array[1, 12], EventOf(4).Array[1, 4]).Sample(
            (patterns, events) =>
            {
                var set = PatternSet<int>.Build([.. patterns.Select((text, i) => (PatternCases.Parse(text), i))]);
                foreach (var json in events)
                {
                    List<int> matched = [];
                    set.Match(PatternCases.Read("eventbridge", json), matched);
                    matched.Sort();
                    Assert.Equal(Enumerable.Range(0, patterns.Length).Where(i => IsMatch(patterns[i], json)), matched);
                }
            },
            iter: 3_000);

    [Fact]
    public void The_events_and_patterns_of_this_test_often_match()
    {
        var matches = 0;
        Gen.Select(PatternOf(2), EventOf(4)).Sample(
            (pattern, json) => _ = IsMatch(pattern, json) ? Interlocked.Increment(ref matches) : 0, iter: 2_000);

        Assert.True(matches > 50, $"{matches} of 2,000 matched.");
    }

    private static bool IsMatch(string pattern, string json)
    {
        using var parsedPattern = JsonDocument.Parse(pattern);
        using var parsedJson = JsonDocument.Parse(json);
        return NaivePattern.Matches(parsedPattern.RootElement, parsedJson.RootElement);
    }

    private static Gen<string> PatternOf(int depth)
    {
        var value = depth == 0 ? Leaf : Gen.Frequency((3, Leaf), (2, PatternOf(depth - 1)));
        var fields = Gen.Select(Name, value).Array[1, 3].Select(Object);
        if (depth < 2) return fields;
        var or = PatternOf(depth - 2).Array[2, 3].Select(choices => $"\"$or\":[{string.Join(',', choices)}]");
        return Gen.Frequency((3, fields), (1, Gen.Select(fields, or, (first, choice) => $"{first[..^1]},{choice}}}")));
    }

    private static Gen<string> EventOf(int depth)
    {
        var value = depth == 0 ? Scalar : Gen.Frequency(
            (3, Scalar),
            (2, EventOf(depth - 1)),
            (1, Scalar.Array[0, 3].Select(List)),
            (2, Gen.Frequency((3, EventOf(depth - 1)), (1, Scalar)).Array[1, 3].Select(List)),
            (1, EventOf(depth - 1).Array[1, 2].Select(List).Array[1, 2].Select(List)));
        return Gen.Select(Name, value).Array[1, 3].Select(Object);
    }

    private static string Object((string Name, string Value)[] fields)
    {
        var members = fields.DistinctBy(field => field.Name).Select(field => $"\"{field.Name}\":{field.Value}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string List(string[] items) => $"[{string.Join(',', items)}]";
}
