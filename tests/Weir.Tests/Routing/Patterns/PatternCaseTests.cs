using System.Text;
using Weir.Broker.Routing.Patterns;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

public sealed class PatternCaseTests
{
    public static TheoryData<string, string, string, bool> Matching => PatternCases.Matching;

    public static TheoryData<string, string, string> Refused => PatternCases.Refused;

    [Theory]
    [MemberData(nameof(Matching))]
    public void An_event_is_matched_as_documented(string service, string pattern, string fields, bool isMatch)
    {
        var set = PatternSet<int>.Build([(PatternCases.Parse(pattern, PatternCases.Options(service)), 7)]);
        List<int> matched = [];

        set.Match(PatternCases.Read(service, fields), matched);

        Assert.Equal(isMatch ? [7] : [], matched);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_wrong_pattern_is_refused_by_name(string service, string pattern, string reason)
    {
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), PatternCases.Options(service));

        Assert.False(parsed.IsOk);
        Assert.Equal(FaultCode.InvalidValue, parsed.Fault.Code);
        Assert.Contains(reason, parsed.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_cases_in_one_set_match_as_each_does_alone()
    {
        var cases = PatternCases.Matching.Select(row => row.Data).Where(data => data.Item1 != "sns").ToList();
        var patterns = cases.Select(data => (data.Item1, data.Item2)).Distinct().ToList();
        var parsed = patterns.Select(entry => PatternCases.Parse(entry.Item2, PatternCases.Options(entry.Item1)));
        var set = PatternSet<int>.Build([.. parsed.Select((pattern, i) => (pattern, i))]);

        foreach (var (service, pattern, json, isMatch) in cases)
        {
            List<int> matched = [];
            set.Match(PatternCases.Read(service, json), matched);
            Assert.Equal(matched.Distinct(), matched);
            Assert.Equal(isMatch, matched.Contains(patterns.IndexOf((service, pattern))));
        }
    }
}
