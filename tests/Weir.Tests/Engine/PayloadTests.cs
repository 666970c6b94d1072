using CsCheck;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Engine;

public sealed class PayloadTests
{
    [Fact]
    public void What_was_stored_is_read_back() => Gen.Byte.Array[0, 300].Sample(content =>
    {
        Assert.True(Payload.TryRead(Stored(content), out var read));
        Assert.Equal(content, read.ToArray());
    });

    [Fact]
    public void One_changed_bit_is_noticed() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 10_000]).Sample(
        (content, bit) =>
        {
            var stored = Stored(content);
            bit %= 8 * stored.Length;
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Payload.TryRead(stored, out _));
        });

    [Fact]
    public void What_is_too_short_for_a_checksum_is_refused() =>
        Assert.False(Payload.TryRead(new byte[3], out _));

    private static byte[] Stored(byte[] content)
    {
        var stored = new byte[Payload.StoredLength(content.Length)];
        Payload.Write(content, stored);
        return stored;
    }
}
