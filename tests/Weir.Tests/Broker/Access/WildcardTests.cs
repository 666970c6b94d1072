using System.Text.RegularExpressions;
using CsCheck;
using Weir.Broker.Access;
using Xunit;

namespace Weir.Tests.Broker.Access;

public sealed class WildcardTests
{
    private static readonly Gen<string> Patterns = Gen.String[Gen.Char["abA*?"], 0, 12];
    private static readonly Gen<string> Texts = Gen.String[Gen.Char["abB*"], 0, 16];

    [Fact]
    public void It_agrees_with_a_regular_expression() =>
        Gen.Select(Patterns, Texts, Gen.Bool).Sample((pattern, text, ignoresCase) =>
            Assert.Equal(Reference(pattern, text, ignoresCase), Wildcard.Matches(pattern, text, ignoresCase)));

    [Fact]
    public void Many_stars_do_not_make_it_slow()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 2_000)) + "b";

        Assert.False(Wildcard.Matches(pattern, new string('a', 4_000)));
    }

    private static bool Reference(string pattern, string text, bool ignoresCase)
    {
        var expression = "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\?", ".", StringComparison.Ordinal) + @"\z";
        var options = RegexOptions.Singleline | RegexOptions.NonBacktracking
            | (ignoresCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None);
        return Regex.IsMatch(text, expression, options);
    }
}
