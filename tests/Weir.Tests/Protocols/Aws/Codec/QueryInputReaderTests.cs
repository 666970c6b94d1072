using System.Text;
using CsCheck;
using Weir.Protocols.Aws.Codec;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Codec;

public sealed class QueryInputReaderTests
{
    private static readonly Member Text = new("Text");
    private static readonly Member Number = new("Number");
    private static readonly Member List = new("Items", "Item");
    private static readonly Member Map = new("Tags", "Tag", "Key", "Value");

    [Fact]
    public void Any_text_comes_back_percent_encoded() => Gen.String.Sample(text =>
    {
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var encoded = Uri.EscapeDataString(text);
        var tree = Read($"Text={encoded}&a={encoded.Replace("%20", "+", StringComparison.Ordinal)}");

        Assert.Equal(text, tree.RootValue[Text].Text());
        Assert.Equal(text, tree.RootValue[new Member("a")].Text());
    });

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_throw() => Gen.Byte.Array.Sample(bytes =>
    {
        var tree = new InputTree();
        QueryInputReader.Read(bytes, bytes, tree);
        foreach (var item in tree.RootValue[List].Items()) _ = item.Text();
        foreach (var entry in tree.RootValue[Map].Entries(Map)) _ = entry.Name + entry.Text();
    });

    [Fact]
    public void Random_field_names_are_refused_or_read_and_never_throw() =>
        Gen.OneOf("Item", "Tag", "1", "2", "3", "01", "-1", "x", "Key", "Value", "", "99999999999").Array[0, 5]
            .Array[0, 12].Sample(names =>
            {
                var tree = Read(string.Join('&', names.Select((name, i) => $"{string.Join('.', name)}={i}")));
                foreach (var item in tree.RootValue[List].Items())
                {
                    _ = item.Text();
                    _ = item[Text].Text();
                }

                foreach (var entry in tree.RootValue[Map].Entries(Map)) _ = entry.Name + entry.Text();
            });

    [Fact]
    public void A_list_is_in_the_order_of_its_numbers()
    {
        var tree = Read(string.Join('&', Enumerable.Range(1, 12).Reverse().Select(i => $"Item.{i}=v{i}")));

        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"v{i}"), Texts(tree.RootValue[List].Items()));
    }

    [Theory]
    [InlineData("Item.1=a&Item.3=b")]
    [InlineData("Item.0=a")]
    [InlineData("Item.x=a")]
    [InlineData("Item.1=a&Item.01=b")]
    [InlineData("Item.-1=a")]
    [InlineData("Item.4294967297=a")]
    public void A_list_that_is_not_numbered_from_1_without_gaps_is_refused(string form)
    {
        var tree = Read(form);

        Assert.True(tree.RootValue[List].Items().IsEmpty);
        Assert.Equal("MalformedQueryString", tree.Fault!.QueryCode);
    }

    [Theory]
    [InlineData("Text=%")]
    [InlineData("Text=%4")]
    [InlineData("Text=%zz")]
    [InlineData("Text=%C3%28")]
    [InlineData("%ff=x")]
    [InlineData("a.b.c.d.e.f.g.h.i=1")]
    [InlineData("Text=a&Text=b")]
    [InlineData("Text=a&Text.1=b")]
    [InlineData("Text.1=a&Text=b")]
    public void A_malformed_form_is_refused(string form)
    {
        var tree = Read(form);

        Assert.Equal(("MalformedQueryString", 404), (tree.Fault?.QueryCode, tree.Fault?.Status));
    }

    [Fact]
    public void More_fields_than_the_limit_are_refused() =>
        Assert.NotNull(Read(string.Join('&', Enumerable.Range(0, InputTree.NodesMax).Select(i => $"f{i}=1"))).Fault);

    [Theory]
    [InlineData("Tag.1.Key=a")]
    [InlineData("Tag.1.Value=a")]
    [InlineData("Tag.1=a")]
    [InlineData("Tag.1.Key.1=a&Tag.1.Value=b")]
    public void A_pair_that_lacks_a_part_is_refused(string form)
    {
        var tree = Read(form);

        foreach (var entry in tree.RootValue[Map].Entries(Map)) Assert.Fail(entry.Name);
        Assert.NotNull(tree.Fault);
    }

    [Fact]
    public void A_map_may_be_read_twice()
    {
        var tree = Read("Tag.2.Value=2&Tag.1.Key=a&Tag.2.Key=b&Tag.1.Value=1");
        for (var i = 0; i < 2; i++)
        {
            var entries = new List<string>();
            foreach (var entry in tree.RootValue[Map].Entries(Map)) entries.Add(entry.Name + entry.Text());
            Assert.Equal(["a1", "b2"], entries);
        }
    }

    [Fact]
    public void What_is_no_integer_is_an_invalid_value()
    {
        var tree = Read("Number=1e3");

        Assert.Null(tree.RootValue[Number].Integer());
        Assert.Equal("InvalidParameterValue", tree.Fault!.QueryCode);
    }

    private static InputTree Read(string form)
    {
        var tree = new InputTree();
        QueryInputReader.Read(default, Encoding.UTF8.GetBytes(form), tree);
        return tree;
    }

    private static List<string> Texts(InputItems items)
    {
        var texts = new List<string>();
        foreach (var item in items) texts.Add(item.Text()!);
        return texts;
    }
}
