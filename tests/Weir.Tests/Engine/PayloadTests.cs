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
    public void A_stamp_is_in_what_is_stored_and_not_in_what_was_given()
    {
        var content = Enumerable.Range(1, 20).Select(i => (byte)i).ToArray();
        var stored = new byte[Payload.StoredLength(content.Length)];
        Payload.Write(content, stored, new Stamp(3, 0x0102030405060708));

        Assert.True(Payload.TryRead(stored, out var read));
        Assert.Equal(
            [1, 2, 3, 8, 7, 6, 5, 4, 3, 2, 1, 12, 13, 14, 15, 16, 17, 18, 19, 20], read.ToArray());
        Assert.Equal(4, content[3]);
    }

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
