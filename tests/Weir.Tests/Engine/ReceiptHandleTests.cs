using CsCheck;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Engine;

public sealed class ReceiptHandleTests
{
    private static readonly Gen<ReceiptHandle> AnyHandle = Gen.Select(
        Gen.Long, Gen.Long, Gen.Int, (queue, sequence, receives) => new ReceiptHandle(queue, sequence, receives));

    [Fact]
    public void Its_text_is_read_back() => AnyHandle.Sample(handle =>
    {
        var text = handle.ToString();
        Assert.Equal(ReceiptHandle.TextLength, text.Length);
        Assert.True(ReceiptHandle.TryParse(text, out var parsed));
        Assert.Equal(handle, parsed);
    });

    [Fact]
    public void One_changed_character_is_noticed() => Gen.Select(
        AnyHandle, Gen.Int[0, ReceiptHandle.TextLength - 1], Gen.Char).Sample((handle, at, character) =>
    {
        var text = handle.ToString().ToCharArray();
        if (text[at] == character) return;
        text[at] = character;
        Assert.False(ReceiptHandle.TryParse(text, out _));
    });

    [Fact]
    public void Any_other_text_is_refused() => Gen.String[0, 40].Sample(text =>
        Assert.False(ReceiptHandle.TryParse(text, out _)));

    [Theory]
    [InlineData("")]
    [InlineData("                                ")]
    [InlineData("================================")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void These_are_none(string text) => Assert.False(ReceiptHandle.TryParse(text, out _));

    [Fact]
    public void None_begins_with_a_minus_and_each_is_read_again()
    {
        for (var queue = 1; queue <= 1_024; queue++)
        {
            var handle = new ReceiptHandle(queue, 7, 1);
            var text = handle.ToString();

            Assert.NotEqual('-', text[0]);
            Assert.True(ReceiptHandle.TryParse(text, out var read));
            Assert.Equal(handle, read);
        }
    }
}
