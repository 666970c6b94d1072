using System.Buffers;
using System.Text;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The path of a canonical request: dot segments and empty segments are taken out, and what stood on the wire is
/// encoded once more, as every service but S3 has it.
/// </summary>
internal static class CanonicalPath
{
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> path)
    {
        Span<byte> utf8 = Encoding.UTF8.GetMaxByteCount(path.Length) <= 512
            ? stackalloc byte[512]
            : new byte[Encoding.UTF8.GetMaxByteCount(path.Length)];
        utf8 = utf8[..Encoding.UTF8.GetBytes(path, utf8)];

        if (utf8.IndexOf("//"u8) >= 0 || utf8.IndexOf("/."u8) >= 0) WriteNormalized(output, utf8);
        else if (utf8.IsEmpty) output.Write("/"u8);
        else UriEncoding.EncodePath(output, utf8);
    }

    private static void WriteNormalized(IBufferWriter<byte> output, ReadOnlySpan<byte> path)
    {
        List<Range> segments = [];
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.SequenceEqual("."u8)) continue;
            if (!segment.SequenceEqual(".."u8)) segments.Add(range);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
        }

        foreach (var range in segments)
        {
            output.Write("/"u8);
            UriEncoding.EncodePath(output, path[range]);
        }

        if (segments.Count == 0 || path.EndsWith("/"u8)) output.Write("/"u8);
    }
}
