using System.Text;
using System.Text.Json;
using CsCheck;
using Weir.Protocols.Aws.Codec;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Codec;

public sealed class JsonInputReaderTests
{
    private static readonly Member Text = new("Text");
    private static readonly Member Number = new("Number");
    private static readonly Member List = new("List");
    private static readonly Member Map = new("Map");

    [Fact]
    public void Any_text_comes_back_however_it_was_escaped() => Gen.String.Array.Sample(texts =>
    {
        // Lone surrogates are no text: JSON may carry them, and then they are refused.
        texts = [.. texts.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))];
        var tree = Read(JsonSerializer.Serialize(new { List = texts }));

        Assert.Equal(texts, Texts(tree.RootValue[List].Items()));
        Assert.Null(tree.Fault);
    });

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_throw() => Gen.Byte.Array.Sample(bytes =>
    {
        var tree = new InputTree();
        JsonInputReader.Read(bytes, tree);
        _ = tree.RootValue[Text].Text();
    });

    [Fact]
    public void A_damaged_request_is_refused_or_read_and_never_throws() =>
        Gen.Select(Gen.Int[0, 70], Gen.Byte).Sample((position, value) =>
        {
            const string Json = """{"Text":"aé\n","Number":12,"List":["x",{"y":null}],"Map":{"k":"v"}}""";
            var bytes = Encoding.UTF8.GetBytes(Json);
            if (position < bytes.Length) bytes[position] = value;
            var tree = new InputTree();
            JsonInputReader.Read(bytes, tree);
            _ = tree.RootValue[Text].Text();
            _ = tree.RootValue[Number].Integer();
            foreach (var item in tree.RootValue[List].Items()) _ = item.Text();
            foreach (var entry in tree.RootValue[Map].Entries(Map)) _ = entry.Name + entry.Text();
        });

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{} {}")]
    [InlineData("{\"Text\":\"\\ud800\"}")]
    [InlineData("{\"Text\":\"a\u0001\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"Text\":1e}")]
    [InlineData("{'Text':1}")]
    [InlineData("{\"Text\":1,}")]
    [InlineData("{/* */}")]
    public void What_is_not_an_object_of_the_grammar_is_refused(string json)
    {
        var fault = Read(json).Fault;

        Assert.EndsWith("#SerializationException", fault?.Shape, StringComparison.Ordinal);
        Assert.Equal(400, fault!.Status);
    }

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        var tree = new InputTree();
        JsonInputReader.Read((byte[])[.. "{\"Text\":\""u8, 0xC3, 0x28, .. "\"}"u8], tree);

        Assert.NotNull(tree.Fault);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.NotNull(Read($"{{\"Text\":{new string('[', 100_000)}").Fault);

    [Fact]
    public void More_members_than_the_limit_are_refused() =>
        Assert.NotNull(Read($"{{\"List\":[{string.Join(',', Enumerable.Repeat("1", InputTree.NodesMax))}]}}").Fault);

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-1", -1)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("null", null)]
    public void An_integer_is_read(string json, int? value)
    {
        var tree = Read($"{{\"Number\":{json}}}");

        Assert.Equal(value, tree.RootValue[Number].Integer());
        Assert.Null(tree.Fault);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("2147483648")]
    [InlineData("\"12\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public void What_is_no_integer_is_refused(string json)
    {
        var tree = Read($"{{\"Number\":{json}}}");

        Assert.Null(tree.RootValue[Number].Integer());
        Assert.NotNull(tree.Fault);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("false")]
    public void What_is_no_text_is_refused(string json)
    {
        var tree = Read($"{{\"Text\":{json}}}");

        Assert.Null(tree.RootValue[Text].Text());
        Assert.NotNull(tree.Fault);
    }

    [Fact]
    public void A_member_that_is_there_twice_is_refused_when_it_is_read()
    {
        var tree = Read("""{"Text":"a","Text":"b","Other":1,"Other":2}""");
        Assert.Null(tree.Fault);

        _ = tree.RootValue[Text];

        Assert.Contains("Text is there twice", tree.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_and_absent_are_the_same()
    {
        var tree = Read("""{"Text":null}""");

        Assert.True(tree.RootValue[Text].IsAbsent);
        Assert.True(tree.RootValue[Number].IsAbsent);
        Assert.Null(tree.RootValue[Text].Text());
        Assert.True(tree.RootValue[List].Items().IsEmpty);
        Assert.Null(tree.Fault);
    }

    [Fact]
    public void A_tree_is_read_into_again()
    {
        var tree = new InputTree();
        foreach (var text in (string[])["a", "b\\n", "c"])
        {
            JsonInputReader.Read(Encoding.UTF8.GetBytes($"{{\"Text\":\"{text}\"}}"), tree);
            Assert.Equal(text.Replace("\\n", "\n", StringComparison.Ordinal), tree.RootValue[Text].Text());
        }
    }

    private static InputTree Read(string json)
    {
        var tree = new InputTree();
        JsonInputReader.Read(Encoding.UTF8.GetBytes(json), tree);
        return tree;
    }

    private static List<string> Texts(InputItems items)
    {
        var texts = new List<string>();
        foreach (var item in items) texts.Add(item.Text()!);
        return texts;
    }
}
