using CsCheck;
using Weir.Engine;
using Weir.Engine.State;
using Xunit;

namespace Weir.Tests.Engine.State;

public sealed class SpanWriterTests
{
    [Fact]
    public void What_was_written_is_read_back() => Gen.Select(
        Gen.Long, Gen.Int, Gen.Bool, Gen.Guid, Gen.String, Gen.Byte.Array[0, 50]).Sample(
        (number, small, flag, id, text, content) =>
        {
            text = WithoutLoneSurrogates(text);
            var name = new QueueName(text, "region", text);
            var buffer = new byte[1_000 + (3 * SpanWriter.BytesMax(text))];
            var writer = new SpanWriter(buffer, segment: 7, offset: 1000);
            writer.Int64(number);
            writer.Int32(small);
            writer.Bool(flag);
            writer.Byte(9);
            writer.Id(id);
            writer.Text(text);
            writer.Text(null);
            writer.Name(name);
            writer.Name(null);
            var written = writer.Payload(content);
            writer.Location(written);

            var reader = new SpanReader(buffer.AsSpan(0, writer.Position), segment: 7, offset: 1000);
            Assert.Equal(number, reader.Int64());
            Assert.Equal(small, reader.Int32());
            Assert.Equal(flag, reader.Bool());
            Assert.Equal(9, reader.Byte());
            Assert.Equal(id, reader.Id());
            Assert.Equal(text, reader.Text());
            Assert.Null(reader.Text());
            Assert.Equal(name, reader.Name());
            Assert.Null(reader.Name());
            Assert.Equal(written, reader.Payload());
            Assert.Equal(written, reader.Location());
            Assert.Equal(0, reader.Remaining);
            var stored = buffer.AsMemory((int)written.Offset - 1000, Payload.StoredLength(written.Length));
            Assert.True(Payload.TryRead(stored, out var read));
            Assert.Equal(content, read.ToArray());
        });

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("ümläut")]
    [InlineData("\uffff\uffff\uffff")]
    [InlineData("\U0001F30A\U0001F30A")]
    [InlineData("\ud800")]
    public void A_text_takes_no_more_than_its_bound(string text)
    {
        var writer = new SpanWriter(new byte[SpanWriter.BytesMax(text)], 0, 0);
        writer.Text(text);
        Assert.InRange(writer.Position, sizeof(int), SpanWriter.BytesMax(text));
    }

    [Theory]
    [InlineData(new byte[] { 5, 0, 0, 0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 255, 255, 255, 127 })]
    [InlineData(new byte[] { 254, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 0 })]
    public void A_length_beyond_the_record_is_corrupt(byte[] bytes)
    {
        Assert.Throws<StateCorruptException>(() => new SpanReader(bytes, 0, 0).Text());
        Assert.Throws<StateCorruptException>(() => new SpanReader(bytes, 0, 0).Payload());
    }

    private static string WithoutLoneSurrogates(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
