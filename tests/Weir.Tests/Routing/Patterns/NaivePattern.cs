using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weir.Tests.Routing.Patterns;

/// <summary>
/// A pattern matched as slowly and plainly as it is defined: $or is unfolded, then a value of the event is tried for
/// each field, such that no two of the values lie in different elements of one array.
/// </summary>
internal static class NaivePattern
{
    private sealed record Leaf(string Path, JsonElement Value, IReadOnlyDictionary<int, int> Elements);

    public static bool Matches(JsonElement pattern, JsonElement json)
    {
        var leaves = new List<Leaf>();
        var arrays = 0;
        Flatten(json, "", new Dictionary<int, int>(), leaves, ref arrays);
        return Unfold(pattern, "").Any(conditions => Choose(conditions, 0, leaves, []));
    }

    private static void Flatten(
        JsonElement json, string path, IReadOnlyDictionary<int, int> elements, List<Leaf> leaves, ref int arrays)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
                Flatten(property.Value, $"{path}.{property.Name}", elements, leaves, ref arrays);
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            var array = arrays++;
            var index = 0;
            foreach (var item in json.EnumerateArray())
            {
                var isNested = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                var within = new Dictionary<int, int>(elements) { [array] = index++ };
                Flatten(item, path, isNested ? within : elements, leaves, ref arrays);
            }
        }
        else
        {
            leaves.Add(new(path, json, elements));
        }
    }

    private static List<List<(string Path, JsonElement Tests)>> Unfold(JsonElement pattern, string path)
    {
        List<List<(string, JsonElement)>> unfolded = [[]];
        foreach (var property in pattern.EnumerateObject())
        {
            var more = property.Name == "$or"
                ? [.. property.Value.EnumerateArray().SelectMany(choice => Unfold(choice, path))]
                : property.Value.ValueKind == JsonValueKind.Object
                    ? Unfold(property.Value, $"{path}.{property.Name}")
                    : [[($"{path}.{property.Name}", property.Value)]];
            unfolded =
            [
                .. from head in unfolded
                   from tail in more
                   select (List<(string, JsonElement)>)[.. head, .. tail],
            ];
        }

        return unfolded;
    }

    private static bool Choose(
        List<(string Path, JsonElement Tests)> conditions, int at, List<Leaf> leaves, List<Leaf> chosen)
    {
        if (at == conditions.Count) return true;
        var (path, tests) = conditions[at];
        var isAbsent = leaves.TrueForAll(leaf => leaf.Path != path);
        if (isAbsent) return tests.EnumerateArray().Any(IsAbsence) && Choose(conditions, at + 1, leaves, chosen);
        return leaves.Exists(leaf =>
            leaf.Path == path
            && tests.EnumerateArray().Any(test => Meets(leaf.Value, test))
            && chosen.TrueForAll(other => AreTogether(leaf, other))
            && Choose(conditions, at + 1, leaves, [.. chosen, leaf]));
    }

    private static bool AreTogether(Leaf x, Leaf y) =>
        x.Elements.All(element => !y.Elements.TryGetValue(element.Key, out var index) || index == element.Value);

    private static bool IsAbsence(JsonElement test) =>
        test.ValueKind == JsonValueKind.Object
        && test.TryGetProperty("exists", out var exists) && exists.ValueKind == JsonValueKind.False;

    private static bool Meets(JsonElement value, JsonElement test)
    {
        if (test.ValueKind != JsonValueKind.Object) return IsEqual(value, test);
        var (name, operand) = test.EnumerateObject().Select(property => (property.Name, property.Value)).Single();
        if (name == "exists") return operand.GetBoolean();
        if (name == "anything-but") return !Excludes(value, operand);
        if (name == "numeric") return value.ValueKind == JsonValueKind.Number && IsInRange(value, operand);
        return value.ValueKind == JsonValueKind.String && MeetsText(value.GetString()!, name, operand);
    }

    private static bool Excludes(JsonElement value, JsonElement operand)
    {
        if (operand.ValueKind == JsonValueKind.Array) return operand.EnumerateArray().Any(one => IsEqual(value, one));
        if (operand.ValueKind != JsonValueKind.Object) return IsEqual(value, operand);
        var (name, texts) = operand.EnumerateObject().Select(property => (property.Name, property.Value)).Single();
        IEnumerable<JsonElement> list = texts.ValueKind == JsonValueKind.Array ? texts.EnumerateArray() : [texts];
        return value.ValueKind == JsonValueKind.String
            && list.Any(text => MeetsText(value.GetString()!, name, text));
    }

    private static bool MeetsText(string text, string name, JsonElement operand)
    {
        if (operand.ValueKind == JsonValueKind.Object)
        {
            var within = operand.GetProperty("equals-ignore-case");
            return MeetsText(text.ToUpperInvariant(), name, within, ignoresCase: true);
        }

        return MeetsText(text, name, operand, ignoresCase: false);
    }

    private static bool MeetsText(string text, string name, JsonElement operand, bool ignoresCase)
    {
        var other = ignoresCase ? operand.GetString()!.ToUpperInvariant() : operand.GetString()!;
        return name switch
        {
            "prefix" => text.StartsWith(other, StringComparison.Ordinal),
            "suffix" => text.EndsWith(other, StringComparison.Ordinal),
            "equals-ignore-case" => text.Equals(other, StringComparison.OrdinalIgnoreCase),
            _ => Regex.IsMatch(text, $"^{Regex.Escape(other).Replace("\\*", ".*", StringComparison.Ordinal)}$"),
        };
    }

    private static bool IsEqual(JsonElement x, JsonElement y) => x.ValueKind == y.ValueKind && x.ValueKind switch
    {
        JsonValueKind.String => x.GetString() == y.GetString(),
        JsonValueKind.Number => x.GetDecimal() == y.GetDecimal(),
        _ => true,
    };

    private static bool IsInRange(JsonElement value, JsonElement bounds)
    {
        var number = decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
        for (var i = 0; i < bounds.GetArrayLength(); i += 2)
        {
            var bound = bounds[i + 1].GetDecimal();
            var isMet = bounds[i].GetString() switch
            {
                "=" => number == bound,
                "<" => number < bound,
                "<=" => number <= bound,
                ">" => number > bound,
                _ => number >= bound,
            };
            if (!isMet) return false;
        }

        return true;
    }
}
