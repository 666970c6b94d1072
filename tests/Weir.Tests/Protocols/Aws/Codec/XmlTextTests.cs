using System.Text;
using System.Xml.Linq;
using CsCheck;
using Weir.Protocols.Aws.Codec;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Codec;

public sealed class XmlTextTests
{
    [Fact]
    public void Any_text_is_well_formed_and_comes_back_but_for_what_xml_has_not() => Gen.String.Sample(text =>
    {
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var allowed = string.Concat(text.EnumerateRunes().Select(
            rune => IsXml(rune.Value) ? rune.ToString() : "\uFFFD"));

        Assert.Equal(allowed, XElement.Parse(Write(text), LoadOptions.PreserveWhitespace).Value);
    });

    [Fact]
    public void A_long_text_is_written_whole()
    {
        var text = string.Concat(Enumerable.Repeat("<é>\r", 100_000));

        Assert.Equal(text, XElement.Parse(Write(text)).Value);
    }

    [Fact]
    public void Bytes_of_a_cut_character_do_not_run_past_the_end()
    {
        var buffer = new AnswerBuffer();
        XmlText.Write(buffer, (ReadOnlySpan<byte>)[0xEF, 0xBF]);

        Assert.Equal(2, buffer.Written.Length);
    }

    private static bool IsXml(int rune) =>
        rune is 0x9 or 0xA or 0xD or (>= 0x20 and not 0xFFFE and not 0xFFFF);

    private static string Write(string text)
    {
        var buffer = new AnswerBuffer();
        XmlText.Write(buffer, text);
        return $"<a>{Encoding.UTF8.GetString(buffer.Written.Span)}</a>";
    }
}
