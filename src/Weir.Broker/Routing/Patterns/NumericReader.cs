using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// Numbers in a pattern: <c>300</c>, <c>["=", 300]</c>, <c>["&gt;", 0]</c>, <c>["&gt;=", 0, "&lt;", 5]</c>.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
/// </summary>
internal sealed class NumericReader(PatternOptions options)
{
    private readonly byte[] _lowest = Key($"-{options.NumberMagnitudeMax}");
    private readonly byte[] _highest = Key($"{options.NumberMagnitudeMax}");

    public static Outcome<ValueTest> Number(JsonElement value, string where)
    {
        if (NumberKey.Encode(Encoding.UTF8.GetBytes(value.GetRawText())) is not { } key)
            return Pattern.Refuse($"{where} has a number that cannot be read");
        return new ValueTest(TestKind.Number, Convert.ToHexString(key)) { Bytes = key };
    }

    public Outcome<ValueTest> Read(JsonElement operand, string where)
    {
        where = $"{where}: numeric";
        if (operand.ValueKind != JsonValueKind.Array || operand.GetArrayLength() is not (2 or 4))
            return Pattern.Refuse($"{where} must be a list of one or two comparisons, each a sign and a number");
        var range = new NumberRange(_lowest, false, _highest, false);
        var count = operand.GetArrayLength();
        if (Bound(operand[0], operand[1], where, ref range, out var first) is { } fault) return fault;
        if (count == 2 && first == "=") return Number(operand[1], where);
        if (count == 4)
        {
            if (first is "=" or "<" or "<=") return Pattern.Refuse($"{where} has more behind {first} and its number");
            if (Bound(operand[2], operand[3], where, ref range, out var second) is { } wrong) return wrong;
            if (second is not ("<" or "<=")) return Pattern.Refuse($"{where} needs < or <= behind {first}");
            if (range.Low.AsSpan().SequenceCompareTo(range.High) >= 0)
                return Pattern.Refuse($"{where} has a bottom that is not below its top");
        }

        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Convert.ToHexString(range.Low)}{range.IsLowOpen}{Convert.ToHexString(range.High)}{range.IsHighOpen}");
        return new ValueTest(TestKind.NumberRange, text) { Range = range };
    }

    private Fault? Bound(JsonElement sign, JsonElement number, string where, ref NumberRange range, out string text)
    {
        text = sign.ValueKind == JsonValueKind.String ? sign.GetString()! : sign.GetRawText();
        if (number.ValueKind != JsonValueKind.Number) return Pattern.Refuse($"{where} needs a number behind {text}");
        var key = Key(number.GetRawText());
        if (key.AsSpan().SequenceCompareTo(_lowest) < 0 || key.AsSpan().SequenceCompareTo(_highest) > 0)
            return Pattern.Refuse($"{where} takes numbers from -{options.NumberMagnitudeMax} to "
                + $"{options.NumberMagnitudeMax}, not {number.GetRawText()}");
        if (NumberKey.Decimals(key) > options.NumberDecimalsMax)
            return Pattern.Refuse($"{where} takes {options.NumberDecimalsMax} decimals, not {number.GetRawText()}");
        switch (text)
        {
            case "=": return null;
            case "<" or "<=": range = range with { High = key, IsHighOpen = text == "<" }; return null;
            case ">" or ">=": range = range with { Low = key, IsLowOpen = text == ">" }; return null;
            default: return Pattern.Refuse($"{where} knows =, <, <=, > and >=, not {text}");
        }
    }

    private static byte[] Key(string number) =>
        NumberKey.Encode(Encoding.ASCII.GetBytes(number)) ?? throw new InvalidOperationException("JSON's numbers fit.");
}
