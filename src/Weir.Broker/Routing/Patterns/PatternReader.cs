using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Patterns;

/// <summary>The structure of a pattern: objects within objects, lists of tests at the leaves, and <c>$or</c>.</summary>
internal sealed class PatternReader(PatternOptions options)
{
    private const string Or = "$or";

    /// <summary>An alternative of $or that names one of these is a mistake: an operator where a field belongs.
    /// https://github.com/aws/event-ruler#the-or-primitive</summary>
    private static readonly HashSet<string> Reserved =
    [
        "exactly", "prefix", "suffix", "anything-but", "exists", "numeric", "cidr", "wildcard", "equals-ignore-case",
        "=", "<", "<=", ">", ">=",
    ];

    private readonly TestReader _tests = new(options);

    public Outcome<PatternTerm> Read(JsonElement root) => ReadObject(root, "", 1);

    private Outcome<PatternTerm> ReadObject(JsonElement element, string path, int depth)
    {
        var term = new PatternTerm();
        var fault = AddFields(term, element, path, depth);
        return fault is null ? term : fault;
    }

    private Fault? AddFields(PatternTerm term, JsonElement element, string path, int depth)
    {
        var names = new HashSet<string>();
        foreach (var property in element.EnumerateObject())
        {
            var where = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!names.Add(property.Name)) return Pattern.Refuse($"the key {where} is given twice");
            var fault = property.Value.ValueKind switch
            {
                JsonValueKind.Array when property.Name == Or => AddChoice(term, property.Value, path, where, depth),
                JsonValueKind.Array => AddCondition(term, property.Value, where, depth),
                JsonValueKind.Object when options.IsFlat =>
                    Pattern.Refuse($"{where} is nested, which a filter over attributes cannot be"),
                JsonValueKind.Object => AddFields(term, property.Value, where, depth + 1),
                _ => Pattern.Refuse($"{where} must be an object or an array"),
            };
            if (fault is not null) return fault;
        }

        return names.Count > 0 ? null : Pattern.Refuse($"{Name(path)} is an empty object");
    }

    private Fault? AddCondition(PatternTerm term, JsonElement list, string where, int depth)
    {
        var count = list.GetArrayLength();
        if (count == 0) return Pattern.Refuse($"{where} is an empty list");
        var tests = new List<ValueTest>(count);
        foreach (var entry in list.EnumerateArray())
        {
            var test = _tests.Read(entry, where);
            if (!test.IsOk) return test.Fault;
            tests.Add(test.Value);
        }

        term.Conditions.Add(new(Encoding.UTF8.GetBytes(where), tests, depth));
        return null;
    }

    private Fault? AddChoice(PatternTerm term, JsonElement list, string path, string where, int depth)
    {
        if (list.GetArrayLength() < 2) return Pattern.Refuse($"{where} must hold two objects or more");
        var alternatives = new List<PatternTerm>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object) return Pattern.Refuse($"{where} must hold objects only");
            foreach (var property in entry.EnumerateObject())
                if (Reserved.Contains(property.Name))
                    return Pattern.Refuse($"{where} names the operator {property.Name} where a field belongs");
            var read = ReadObject(entry, path, depth);
            if (!read.IsOk) return read.Fault;
            alternatives.Add(read.Value);
        }

        term.Choices.Add(alternatives);
        return null;
    }

    private static string Name(string path) => path.Length == 0 ? "it" : path;
}
