using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Messages;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sqs;
using Weir.Protocols.Sqs.Messages;
using Xunit;

namespace Weir.Tests.Protocols.Sqs.Messages;

/// <summary>Digests that Amazon SQS itself gave, as published by projects that recorded its answers.</summary>
public sealed class Md5DigestTests
{
    [Theory]
    [InlineData("4c360f3fdafd970e05fae2f149d997f5", "Hello=There", "General=Kenobi", "Help.Me=Me")]
    [InlineData("83fee93c1bcd8b9a5a923ffacdc636c7", "Help.Me=Me", "Hello=There")]
    [InlineData("fca026605781cb4126a1e9044df24232", "Hello=There", "General=Kenobi")]
    [InlineData("a311262e065454b75da111d535b8dacd", "Hello=There")]
    [InlineData("ae7155c6026991b6d54b11589678bf9c", "Foo=Bar")]
    public void Text_attributes(string digest, params string[] attributes) => Assert.Equal(
        digest,
        Digest([.. attributes.Select(pair => pair.Split('=')).Select(
            pair => new MessageAttribute(pair[0], "String", Encoding.UTF8.GetBytes(pair[1])))]));

    [Fact]
    public void A_binary_attribute() => Assert.Equal(
        "8cbe4db156db8a94db8b801b7addb984",
        Digest(new MessageAttribute("attr1", "Binary", Encoding.UTF8.GetBytes(
            "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"))));

    private static string Digest(params MessageAttribute[] attributes)
    {
        var buffer = new AnswerBuffer();
        var answer = new JsonAnswerWriter(buffer);
        answer.Begin(SqsService.Instance, SqsService.Instance.Operations["SendMessage"]);
        Md5Digest.Write(answer, SqsMembers.Md5OfMessageAttributes, attributes);
        answer.End("");
        return JsonNode.Parse(buffer.Written.Span)!["MD5OfMessageAttributes"]!.GetValue<string>();
    }
}
