using System.Text.Json;

namespace Weir.Broker.Access;

/// <summary>
/// Reads the conditions of a statement. What is not known is refused: it would otherwise never hold, or always.
/// </summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
internal static class ConditionReader
{
    private const string IfExists = "IfExists";

    /// <summary>Empty with the reason noted in the reader when something is wrong.</summary>
    public static List<Condition> Read(PolicyReader reader, JsonElement conditions)
    {
        var read = new List<Condition>();
        if (conditions.ValueKind != JsonValueKind.Object)
        {
            reader.Refuse("Condition must be an object of operators.");
            return read;
        }

        foreach (var member in conditions.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Object)
            {
                reader.Refuse($"the condition {member.Name} must be an object of keys.");
                return read;
            }

            foreach (var key in member.Value.EnumerateObject())
            {
                if (ReadOne(reader, member.Name, key) is { } condition) read.Add(condition);
                if (reader.IsWrong) return read;
            }
        }

        return read;
    }

    private static Condition? ReadOne(PolicyReader reader, string name, JsonProperty member)
    {
        if (name.StartsWith("For", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal))
        {
            reader.Refuse($"the operator {name} is for keys of several values, of which Weir has none.");
            return null;
        }

        if (ConditionKey.Find(member.Name) is not { } key)
        {
            reader.Refuse($"the condition key {member.Name} is not known to Weir.");
            return null;
        }

        if (name == ConditionOperator.Null) return ReadNull(reader, key, member.Value);
        var isOptional = name.EndsWith(IfExists, StringComparison.Ordinal);
        var bare = isOptional ? name[..^IfExists.Length] : name;
        if (ConditionOperator.Find(bare) is not { } compare)
        {
            reader.Refuse($"the operator {name} is not known to Weir.");
            return null;
        }

        if (!compare.GoesWith(key.Kind))
        {
            reader.Refuse($"the operator {name} does not go with the condition key {key.Name}.");
            return null;
        }

        return Compile(reader, compare, key, member.Value, isOptional);
    }

    private static Condition? Compile(
        PolicyReader reader, ConditionOperator compare, ConditionKey key, JsonElement value, bool isOptional)
    {
        var tests = new List<Func<AccessRequest, string, bool>>();
        foreach (var text in reader.Texts(value, key.Name))
        {
            if (compare.Compile(text) is { } test) tests.Add(test);
            else reader.Refuse($"the value {text} of {key.Name} is none that {compare.Name} compares with.");
        }

        return reader.IsWrong
            ? null
            : new Condition(key, tests, compare.IsNegated, HoldsWithout: isOptional || compare.IsNegated);
    }

    private static Condition? ReadNull(PolicyReader reader, ConditionKey key, JsonElement value)
    {
        var texts = reader.Texts(value, key.Name);
        if (texts is ["true" or "false"])
            return new Condition(key, [], false, false) { MustBeMissing = texts[0] == "true" };
        reader.Refuse($"Null of {key.Name} must be true or false.");
        return null;
    }
}
