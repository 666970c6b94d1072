using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Patterns;

/// <summary>One entry of a field's list: a plain value, or an object with one operator.</summary>
internal sealed class TestReader(PatternOptions options)
{
    private const string IgnoringCase = "equals-ignore-case";

    private readonly NumericReader _numeric = new(options);

    public Outcome<ValueTest> Read(JsonElement entry, string where) => entry.ValueKind switch
    {
        JsonValueKind.Object => ReadOperator(entry, where),
        JsonValueKind.Array => Pattern.Refuse($"{where} holds a list within its list"),
        _ => Exact(entry, where),
    };

    public static Outcome<ValueTest> Exact(JsonElement value, string where)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String: return Text(TestKind.Text, value.GetString()!);
            case JsonValueKind.Number: return NumericReader.Number(value, where);
            case JsonValueKind.True: return new ValueTest(TestKind.True);
            case JsonValueKind.False: return new ValueTest(TestKind.False);
            default: return new ValueTest(TestKind.Null);
        }
    }

    private Outcome<ValueTest> ReadOperator(JsonElement entry, string where)
    {
        if (TryReadOnly(entry, where, out var name, out var operand) is { } fault) return fault;
        return name switch
        {
            "exists" => Exists(operand, where),
            "numeric" => _numeric.Read(operand, where),
            "cidr" => Cidr(operand, where),
            "anything-but" => AnythingBut(operand, where),
            _ => ReadTextOperator(name, operand, where),
        };
    }

    /// <summary>The operators that anything-but takes too.</summary>
    private Outcome<ValueTest> ReadTextOperator(string name, JsonElement operand, string where) => name switch
    {
        "prefix" => Affix(TestKind.Prefix, operand, $"{where}: prefix"),
        "suffix" => Affix(TestKind.Suffix, operand, $"{where}: suffix"),
        "wildcard" => Wildcard(operand, where),
        IgnoringCase => IsText(operand, $"{where}: {IgnoringCase}") is { } fault
            ? fault
            : Text(TestKind.TextIgnoringCase, operand.GetString()!),
        _ => Pattern.Refuse($"{where}: {name} is not an operator"),
    };

    private static Fault? TryReadOnly(JsonElement entry, string where, out string name, out JsonElement operand)
    {
        (name, operand) = ("", default);
        using var properties = entry.EnumerateObject();
        if (!properties.MoveNext()) return Pattern.Refuse($"{where} holds an empty object");
        (name, operand) = (properties.Current.Name, properties.Current.Value);
        return properties.MoveNext() ? Pattern.Refuse($"{where} has an entry with more than one operator") : null;
    }

    private static Outcome<ValueTest> Exists(JsonElement operand, string where) => operand.ValueKind switch
    {
        JsonValueKind.True => new ValueTest(TestKind.Present),
        JsonValueKind.False => new ValueTest(TestKind.Absent),
        _ => Pattern.Refuse($"{where}: exists must be true or false"),
    };

    private static Outcome<ValueTest> Cidr(JsonElement operand, string where)
    {
        if (IsText(operand, $"{where}: cidr") is { } fault) return fault;
        var text = operand.GetString()!;
        return CidrBlock.TryParse(Encoding.UTF8.GetBytes(text), out var block)
            ? new ValueTest(TestKind.Cidr, text) { Block = block }
            : Pattern.Refuse($"{where}: cidr must be an address, a slash and a length, which {text} is not");
    }

    private static Outcome<ValueTest> Affix(TestKind kind, JsonElement operand, string where)
    {
        if (operand.ValueKind == JsonValueKind.Object)
        {
            if (TryReadOnly(operand, where, out var name, out operand) is { } notOne) return notOne;
            if (name != IgnoringCase) return Pattern.Refuse($"{where} takes a text or {IgnoringCase}, not {name}");
            kind = kind == TestKind.Prefix ? TestKind.PrefixIgnoringCase : TestKind.SuffixIgnoringCase;
        }

        return IsText(operand, where) is { } fault ? fault : Text(kind, operand.GetString()!);
    }

    private Outcome<ValueTest> Wildcard(JsonElement operand, string where)
    {
        if (IsText(operand, $"{where}: wildcard") is { } fault) return fault;
        var text = operand.GetString()!;
        if (WildcardText.Read(text, out var steps) is { } wrong)
            return Pattern.Refuse($"{where}: wildcard has {wrong}");
        if (WildcardText.Stars(steps) > options.WildcardStarsMax)
        {
            return Pattern.Refuse($"{where}: wildcard is too complex: it has more than {options.WildcardStarsMax} "
                + "wildcard characters");
        }

        if (WildcardText.Places(steps) > options.WildcardPlacesMax)
        {
            return Pattern.Refuse($"{where}: wildcard is too complex: use fewer wildcard characters, or fewer "
                + "repeating character sequences after one");
        }

        return new ValueTest(TestKind.Wildcard, text) { Bytes = steps };
    }

    private Outcome<ValueTest> AnythingBut(JsonElement operand, string where)
    {
        where = $"{where}: anything-but";
        if (operand.ValueKind != JsonValueKind.Object) return Except(operand, where, isWithin: false, Plain);
        if (!options.AllowsAnythingButOperators) return Pattern.Refuse($"{where} takes values only, no operator");
        if (TryReadOnly(operand, where, out var name, out var values) is { } fault) return fault;
        return Except(values, where, isWithin: true, (value, at) => ReadTextOperator(name, value, at));

        static Outcome<ValueTest> Plain(JsonElement value, string at) =>
            value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? Exact(value, at)
                : Pattern.Refuse($"{at} takes texts or numbers");
    }

    private static Outcome<ValueTest> Except(
        JsonElement values, string where, bool isWithin, Func<JsonElement, string, Outcome<ValueTest>> read)
    {
        var except = new List<ValueTest>();
        IEnumerable<JsonElement> list = values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : [values];
        foreach (var value in list)
        {
            if (isWithin && value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
                return Pattern.Refuse($"{where} has an empty text, which every text begins and ends with");
            var test = read(value, where);
            if (!test.IsOk) return test.Fault;
            except.Add(test.Value);
        }

        if (except.Count == 0) return Pattern.Refuse($"{where} has an empty list");
        if (except.Exists(test => test.Kind != except[0].Kind))
            return Pattern.Refuse($"{where} mixes types in its list: all must be texts, or all numbers");
        // A length before each operand keeps ["a,b"] and ["a", "b"] apart.
        var operand = string.Concat(except.Select(test => $"{(byte)test.Kind}:{test.Operand.Length}:{test.Operand}"));
        return new ValueTest(TestKind.AnythingBut, operand) { Except = except };
    }

    private static Fault? IsText(JsonElement operand, string what) =>
        operand.ValueKind == JsonValueKind.String ? null : Pattern.Refuse($"{what} must be a text");

    private static ValueTest Text(TestKind kind, string text)
    {
        var isFolded = kind is TestKind.TextIgnoringCase or TestKind.PrefixIgnoringCase or TestKind.SuffixIgnoringCase;
        return new(kind, text) { Bytes = isFolded ? CaseFold.Fold(text) : Encoding.UTF8.GetBytes(text) };
    }
}
