using System.Buffers;
using System.Text;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The query of a canonical request: parameters decoded, encoded anew, and sorted by encoded name, then encoded value.
/// </summary>
internal static class CanonicalQuery
{
    /// <param name="output">Where it is written.</param>
    /// <param name="query">What stood behind the question mark.</param>
    /// <param name="left">The one parameter that is left out: a presigned request's own signature.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> query, string? left)
    {
        if (query.IsEmpty) return;
        List<(string Name, string Value)> parameters = [];
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (parameter.IsEmpty) continue;
            var equals = parameter.IndexOf('=');
            var name = Recode(equals < 0 ? parameter : parameter[..equals]);
            if (name != left) parameters.Add((name, equals < 0 ? "" : Recode(parameter[(equals + 1)..])));
        }

        parameters.Sort(static (a, b) =>
        {
            var byName = string.CompareOrdinal(a.Name, b.Name);
            return byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value);
        });
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i > 0) output.Write("&"u8);
            Encoding.ASCII.GetBytes(parameters[i].Name, output);
            output.Write("="u8);
            Encoding.ASCII.GetBytes(parameters[i].Value, output);
        }
    }

    private static string Recode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = UriEncoding.DecodeForm(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        var encoded = new ArrayBufferWriter<byte>(Math.Max(1, length * 3));
        UriEncoding.Encode(encoded, bytes.AsSpan(0, length));
        return Encoding.ASCII.GetString(encoded.WrittenSpan);
    }
}
