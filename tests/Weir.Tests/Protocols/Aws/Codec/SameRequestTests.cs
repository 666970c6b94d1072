using System.Text;
using CsCheck;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sqs;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Codec;

/// <summary>A request says the same whichever protocol it is said in.</summary>
public sealed class SameRequestTests
{
    private static readonly Gen<string> AnyText = Gen.String.Select(
        text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Both_protocols_give_the_same_view() =>
        Gen.Select(
            AnyText, Gen.Int, AnyText.Array[0, 20], Gen.Dictionary(AnyText, AnyText)[0, 12], Gen.Byte.Array[0, 50])
            .Sample((text, number, texts, tags, blob) =>
            {
                var request = new SqsRequest("Any").Set("MessageBody", text).Set("DelaySeconds", number)
                    .Texts("TagKeys", "TagKey", texts)
                    .Map("Tags", "Tag", "Key", "Value", [.. tags.Select(pair => (pair.Key, pair.Value))]);
                foreach (var item in texts)
                {
                    _ = request.Item("Entries", "SendMessageBatchRequestEntry", entry => entry.Set("Id", item)
                        .Attribute("a", "String", text).Attribute("b", "Binary", binary: blob));
                }

                Assert.Equal(Describe(Json(request)), Describe(Query(request)));
            });

    private static InputTree Json(SqsRequest request)
    {
        var tree = new InputTree();
        JsonInputReader.Read(Encoding.UTF8.GetBytes(request.Json), tree);
        return tree;
    }

    private static InputTree Query(SqsRequest request)
    {
        var tree = new InputTree();
        QueryInputReader.Read(default, Encoding.UTF8.GetBytes(request.Form), tree);
        return tree;
    }

    private static List<string> Describe(InputTree tree)
    {
        var input = tree.RootValue;
        var lines = new List<string>
        {
            input[SqsMembers.MessageBody].Text() ?? "absent", $"{input[SqsMembers.DelaySeconds].Integer()}",
        };
        foreach (var item in input[SqsMembers.TagKeys].Items()) lines.Add(item.Text()!);
        foreach (var tag in input[SqsMembers.Tags].Entries(SqsMembers.Tags)) lines.Add($"{tag.Name}={tag.Text()}");
        foreach (var entry in input[SqsMembers.SendEntries].Items())
        {
            lines.Add(entry[SqsMembers.Id].Text()!);
            foreach (var attribute in entry[SqsMembers.MessageAttributes].Entries(SqsMembers.MessageAttributes))
            {
                var blob = attribute[SqsMembers.BinaryValue].Blob();
                lines.Add($"{attribute.Name}: {attribute[SqsMembers.DataType].Text()} "
                    + $"{attribute[SqsMembers.StringValue].Text()} {(blob is null ? "" : Convert.ToHexString(blob))}");
            }
        }

        Assert.Null(tree.Fault);
        return lines;
    }
}
