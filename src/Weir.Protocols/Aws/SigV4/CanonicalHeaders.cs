using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The headers of a canonical request: one line <c>name:value</c> for each signed header, in the order of the signed
/// headers' list; values trimmed, inner runs of spaces made one, several values joined by commas.
/// </summary>
internal static class CanonicalHeaders
{
    /// <summary>False when a header that was signed is not there any more.</summary>
    public static bool TryWrite(IBufferWriter<byte> output, IHeaderDictionary headers, ReadOnlySpan<char> signedHeaders)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            var name = signedHeaders[range];
            if (!headers.TryGetValue(name.ToString(), out var values) || values.Count == 0) return false;

            Encoding.UTF8.GetBytes(name, output);
            for (var i = 0; i < values.Count; i++)
            {
                output.Write(i == 0 ? ":"u8 : ","u8);
                WriteValue(output, values[i].AsSpan().Trim(' '));
            }

            output.Write("\n"u8);
        }

        return true;
    }

    private static void WriteValue(IBufferWriter<byte> output, ReadOnlySpan<char> value)
    {
        int run;
        while ((run = value.IndexOf("  ")) >= 0)
        {
            Encoding.UTF8.GetBytes(value[..(run + 1)], output);
            value = value[run..].TrimStart(' ');
        }

        Encoding.UTF8.GetBytes(value, output);
    }
}
