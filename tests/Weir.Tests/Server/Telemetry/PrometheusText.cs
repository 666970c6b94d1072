using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Weir.Tests.Server.Telemetry;

/// <summary>One value of the Prometheus text.</summary>
internal sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// Reads the Prometheus text format and takes nothing that a strict reader would not: written for these tests from the
/// format's description, not from Weir's writer.
/// </summary>
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
internal static partial class PrometheusText
{
    public static IReadOnlyList<PrometheusSample> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var samples = new List<PrometheusSample>();
        var (types, seen) = (new Dictionary<string, string>(), new HashSet<string>());
        var family = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                if (comment.Groups["kind"].Value == "HELP") continue;
                family = comment.Groups["name"].Value;
                Assert.True(types.TryAdd(family, comment.Groups["rest"].Value), $"{family} has two types.");
                continue;
            }

            var match = Sample().Match(line);
            Assert.True(match.Success, $"This is no sample: {line}");
            var name = match.Groups["name"].Value;
            Assert.True(BelongsTo(name, family, types[family]), $"{name} stands among those of {family}.");
            var labels = Label().Matches(match.Groups["labels"].Value)
                .ToDictionary(one => one.Groups["name"].Value, one => Regex.Unescape(one.Groups["value"].Value));
            Assert.True(seen.Add(line[..line.LastIndexOf(' ')]), $"It is there twice: {line}");
            samples.Add(new PrometheusSample(
                name, labels, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));
        }

        return samples;
    }

    private static bool BelongsTo(string name, string family, string type) => type switch
    {
        "counter" => name == family && name.EndsWith("_total", StringComparison.Ordinal),
        "gauge" => name == family,
        "histogram" => name == family + "_bucket" || name == family + "_sum" || name == family + "_count",
        _ => false,
    };

    [GeneratedRegex("^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.+)$")]
    private static partial Regex Comment();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>([a-zA-Z_]\w*="([^"\\]|\\["\\n])*"(,|(?=\})))+)\})?"""
        + " (?<value>[0-9.E+-]+)$")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_]\w*)="(?<value>([^"\\]|\\["\\n])*)"(,|$)""")]
    private static partial Regex Label();
}
