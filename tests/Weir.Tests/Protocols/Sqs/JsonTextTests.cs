using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Attributes;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>JSON within an attribute's value, as a hostile client writes it.</summary>
public sealed class JsonTextTests
{
    private static readonly QueueName Source = new("000000000000", "us-east-1", "orders");

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"a":["b",{"c":"\ud800x"}]}""")]
    public void Half_a_surrogate_is_refused_like_any_other_text_that_is_not_JSON(string text)
    {
        Assert.Null(JsonText.ParseObject(text));
        Assert.NotNull(RedrivePolicyText.Read(text, Source, out _));
        Assert.NotNull(RedriveAllowPolicyText.Read(text, out _));
    }

    [Fact]
    public void Both_halves_of_a_surrogate_are_taken() =>
        Assert.Equal("\ud83d\ude00", JsonText.String(JsonText.ParseObject("""{"a":"\ud83d\ude00"}""")!["a"]));
}
