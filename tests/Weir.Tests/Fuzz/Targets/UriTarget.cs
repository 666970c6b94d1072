using System.Buffers;
using System.Text;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// Percent-encoding. What verifies a signature must see what the reader of the fields then sees, and a canonical query
/// is its own canonical form.
/// </summary>
internal sealed class UriTarget : HostileReader
{
    public override string Name => "uri";

    public override long AllocatedBytesPerByte => 1024;

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        "a=1&b=2&A=%2F&c=%20+&a=", "Action=SendMessage&MessageBody=%F0%9F%98%80&x", "/000000000000/orders/./a/../b//c");

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts("/../", "/./", "%2e%2e", "%2F", "%25", "~", "%7E");

    public override bool Takes(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var once = Canonical(text);
        Require(once == Canonical(once), "a canonical query is not its own canonical form");
        CanonicalPath.Write(new ArrayBufferWriter<byte>(), text);

        var encoded = new ArrayBufferWriter<byte>();
        UriEncoding.Encode(encoded, input);
        var back = encoded.WrittenSpan.ToArray();
        Require(back.AsSpan(0, UriEncoding.DecodeForm(back)).SequenceEqual(input), "encoding does not come back");

        var (decoded, verified) = (new byte[input.Length], input.ToArray());
        if (!PercentDecoder.TryDecode(input, decoded, out var written)) return false;
        var length = UriEncoding.DecodeForm(verified);
        Require(decoded.AsSpan(0, written).SequenceEqual(verified.AsSpan(0, length)),
            "what is read is not what is verified");
        return true;
    }

    private static string Canonical(string query)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalQuery.Write(output, query, left: null);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
