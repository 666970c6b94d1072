using System.Text;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// A wildcard as steps: each byte stands for itself, and <see cref="Star"/>, which no UTF-8 holds, for any bytes. In
/// the pattern's text a backslash makes a star, or a backslash, an ordinary character.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
/// </summary>
internal static class WildcardText
{
    public const byte Star = 0xFF;

    /// <returns>What is wrong with the text, or null.</returns>
    public static string? Read(string text, out byte[] steps)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var read = new List<byte>(bytes.Length);
        steps = [];
        for (var i = 0; i < bytes.Length; i++)
        {
            var step = bytes[i];
            if (step == '*')
            {
                if (read is [.., Star]) return $"consecutive wildcard characters at position {i}";
                step = Star;
            }
            else if (step == '\\')
            {
                if (++i == bytes.Length || bytes[i] is not ((byte)'*' or (byte)'\\'))
                    return $"an invalid escape at position {i - 1}: only \\* and \\\\ are escapes";
                step = bytes[i];
            }

            read.Add(step);
        }

        steps = [.. read];
        return null;
    }

    public static int Stars(ReadOnlySpan<byte> steps) => steps.Count(Star);

    /// <summary>
    /// How many steps a value can be at, at once, in the worst case. Before the first star there is one; each star adds
    /// itself, and the text behind it as many as it has starts that may overlap: one for <c>abc</c>, four for
    /// <c>aaaa</c>.
    /// </summary>
    public static int Places(ReadOnlySpan<byte> steps)
    {
        var first = steps.IndexOf(Star);
        if (first < 0) return 1;
        var places = 0;
        foreach (var range in steps[(first + 1)..].Split(Star)) places += 1 + Overlaps(steps[(first + 1)..][range]);
        return places;
    }

    /// <summary>The longest chain of borders, by the failure function of Knuth, Morris and Pratt.</summary>
    private static int Overlaps(ReadOnlySpan<byte> text)
    {
        var border = new int[text.Length + 1];
        var overlaps = new int[text.Length + 1];
        var most = 0;
        border[0] = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var length = border[i];
            while (length >= 0 && text[length] != text[i]) length = border[length];
            border[i + 1] = length + 1;
            overlaps[i + 1] = overlaps[length + 1] + 1;
            most = Math.Max(most, overlaps[i + 1]);
        }

        return most;
    }
}
