using System.Text;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Broker.Routing.Patterns;
using Weir.Tests.Tidy;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

/// <summary>The cases in the folder beside this file: a pattern, then events that it matches (+) or not (-).</summary>
internal static class PatternCases
{
    public static TheoryData<string, string, string, bool> Matching { get; } = ReadMatching();

    public static TheoryData<string, string, string> Refused { get; } = ReadRefused();

    public static PatternOptions Options(string service) => service switch
    {
        "eventbridge" => PatternOptions.EventBridge,
        "pipes" => PatternOptions.Pipes,
        "sns" => PatternOptions.Sns,
        "snsbody" => PatternOptions.SnsBody,
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "No such set of options."),
    };

    public static Pattern Parse(string pattern, PatternOptions? options = null)
    {
        var parsed = Pattern.Parse(Encoding.UTF8.GetBytes(pattern), options ?? PatternOptions.EventBridge);
        Assert.True(parsed.IsOk, parsed.Fault?.Message);
        return parsed.Value;
    }

    public static EventFields Read(string service, string json)
    {
        var fields = new EventFields();
        if (service == "sns") fields.ReadAttributes([.. Attributes(json)]);
        else Assert.True(fields.TryReadJson(Encoding.UTF8.GetBytes(json)), json);
        return fields;
    }

    private static IEnumerable<MessageAttribute> Attributes(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var attribute in document.RootElement.EnumerateObject())
        {
            yield return new(
                attribute.Name,
                attribute.Value.GetProperty("Type").GetString()!,
                Encoding.UTF8.GetBytes(attribute.Value.GetProperty("Value").GetString()!));
        }
    }

    private static TheoryData<string, string, string, bool> ReadMatching()
    {
        var cases = new TheoryData<string, string, string, bool>();
        foreach (var file in new[] { "values", "texts", "numeric", "structure", "sns" })
        {
            string[] head = [];
            foreach (var line in Lines(file))
            {
                var parts = line.Split(' ', 2);
                if (parts[0] is "+" or "-") cases.Add(head[0], head[1], parts[1], parts[0] == "+");
                else head = parts;
            }
        }

        return cases;
    }

    private static TheoryData<string, string, string> ReadRefused()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var parts in Lines("refused").Select(line => line.Split('|')))
            cases.Add(parts[0], parts[1], parts[2]);
        return cases;
    }

    private static IEnumerable<string> Lines(string file) =>
        Repository.Read("tests", "Weir.Tests", "Routing", "Patterns", "cases", $"{file}.txt")
            .Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('#'));
}
