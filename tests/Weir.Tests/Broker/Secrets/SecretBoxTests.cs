using Weir.Broker;
using Weir.Broker.Secrets;
using Xunit;

namespace Weir.Tests.Broker.Secrets;

public sealed class SecretBoxTests
{
    private readonly SecretBox _box = new(TestBroker.Key, IdSource.FromSeed(1));

    [Theory]
    [InlineData("")]
    [InlineData("p@ss wörd 🙂")]
    public void A_secret_comes_out_as_it_went_in(string secret)
    {
        var text = _box.Seal(secret, "connection/a");

        Assert.True(SecretBox.IsSealed(text));
        Assert.Equal(secret, _box.Open(text, "connection/a").Value);
    }

    [Fact]
    public void The_same_secret_is_never_sealed_alike() => Assert.NotEqual(_box.Seal("s", "a"), _box.Seal("s", "a"));

    [Fact]
    public void It_opens_only_for_what_it_belongs_to() =>
        Assert.Contains("something else", _box.Open(_box.Seal("s", "a"), "b").Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void It_opens_only_with_its_key()
    {
        var other = new SecretBox(new SecretKey(new byte[SecretKey.BytesCount]), IdSource.FromSeed(1));

        Assert.Contains("another key", other.Open(_box.Seal("s", "a"), "a").Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bit_counts()
    {
        var text = _box.Seal("secret", "a");
        var bytes = Convert.FromBase64String(text["sealed:".Length..]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotNull(_box.Open("sealed:" + Convert.ToBase64String(damaged), "a").Fault);
        }

        Assert.NotNull(_box.Open(text[..^8], "a").Fault);
        Assert.NotNull(_box.Open("sealed:AAAA", "a").Fault);
        Assert.NotNull(_box.Open("secret", "a").Fault);
    }
}
