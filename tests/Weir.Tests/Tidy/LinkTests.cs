using System.Text.RegularExpressions;
using Xunit;

namespace Weir.Tests.Tidy;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_to_a_file_leads_to_one() => Complaints.AssertNone(
        "A document links to what is there: mend the path, or take the link out.",
        from file in Documents()
        from target in Targets(File.ReadAllText(file))
        let path = Path.Combine(Path.GetDirectoryName(file)!, target)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{Repository.Relative(file)}: {target}");

    [Theory]
    [InlineData("[a](docs/a.md#part)", "docs/a.md")]
    [InlineData("![a](a.png \"title\")", "a.png")]
    [InlineData("[a](https://example.org) [b](#part) [c](mailto:a@b.c)", null)]
    public void A_link_is_read_without_its_anchor(string text, string? target) =>
        Assert.Equal(target is null ? [] : [target], Targets(text));

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Repository.Find("*.md", "docs", "src", "tests"));

    private static IEnumerable<string> Targets(string markdown) =>
        from Match match in Link().Matches(markdown)
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        select Uri.UnescapeDataString(target);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();
}
