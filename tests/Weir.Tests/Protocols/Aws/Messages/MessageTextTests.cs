using System.Text;
using CsCheck;
using Weir.Protocols.Aws.Messages;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Messages;

public sealed class MessageTextTests
{
    private static readonly Gen<Rune> Near = Gen.OneOf(
        Gen.Int[0, 0x2F], Gen.Int[0xD7F0, 0xD7FF], Gen.Int[0xE000, 0xE00F], Gen.Int[0xFFBE, 0xFFFF],
        Gen.Int[0x10000, 0x1000F], Gen.Int[0x10FFF0, 0x10FFFF]).Select(value => new Rune(value));

    [Fact]
    public void A_text_is_allowed_when_each_of_its_characters_is() => Near.Array[0, 8].Sample(runes => Assert.Equal(
        runes.All(IsAllowed),
        MessageText.IsAllowed(Encoding.UTF8.GetBytes(string.Concat(runes.Select(rune => rune.ToString()))))));

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    private static bool IsAllowed(Rune rune) => rune.Value is 0x9 or 0xA or 0xD
        or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);
}
