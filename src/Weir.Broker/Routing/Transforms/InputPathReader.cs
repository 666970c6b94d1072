using System.Globalization;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>The text of a path: a dollar sign, then <c>.name</c>, <c>.*</c>, <c>['name']</c>, <c>[0]</c>, <c>[*]</c>.
/// </summary>
internal static class InputPathReader
{
    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html</summary>
    private const int LengthMax = 256;

    public static Outcome<InputPath> Read(string path)
    {
        if (path.Length > LengthMax) return Refuse(path, $"it is longer than {LengthMax} characters");
        if (!path.StartsWith('$')) return Refuse(path, "it must begin with $");
        var steps = new List<PathStep>();
        for (var rest = path.AsSpan(1); !rest.IsEmpty;)
        {
            var step = rest[0] == '.' ? ReadName(ref rest) : ReadBracket(ref rest);
            if (step is null) return Refuse(path, $"{rest.ToString()} is no name, index or *");
            steps.Add(step.Value);
        }

        return new InputPath([.. steps]);
    }

    private static PathStep? ReadName(ref ReadOnlySpan<char> rest)
    {
        var text = rest[1..];
        var end = text.IndexOfAny('.', '[');
        var name = end < 0 ? text : text[..end];
        if (name.IsEmpty) return null;
        foreach (var character in name)
            if (!IsOfName(character) && name is not "*") return null;
        rest = end < 0 ? default : text[end..];
        return name is "*" ? new(null, 0, true) : new(name.ToString(), 0, false);
    }

    private static PathStep? ReadBracket(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != '[') return null;
        if (rest.Length > 1 && rest[1] is '\'' or '"')
        {
            var quote = rest[1];
            var length = rest[2..].IndexOf([quote, ']']);
            if (length < 0) return null;
            var name = rest.Slice(2, length).ToString();
            rest = rest[(2 + length + 2)..];
            return new(name, 0, false);
        }

        var end = rest.IndexOf(']');
        if (end < 0) return null;
        var inner = rest[1..end];
        var isIndex = int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        if (!isIndex && inner is not "*") return null;
        rest = rest[(end + 1)..];
        return new(null, index, !isIndex);
    }

    /// <summary>Letters, digits, dashes, underscores and slashes are documented; a colon is in names of XML's making.
    /// </summary>
    private static bool IsOfName(char character) =>
        char.IsLetterOrDigit(character) || character is '-' or '_' or '/' or ':' or '$' or '@';

    private static Fault Refuse(string path, string reason) =>
        new(FaultCode.InvalidValue, $"The JSON path {path} is not valid: {reason}.");
}
