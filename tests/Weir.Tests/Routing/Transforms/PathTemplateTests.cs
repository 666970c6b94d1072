using System.Text;
using Weir.Broker.Routing.Transforms;
using Xunit;

namespace Weir.Tests.Routing.Transforms;

/// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html</summary>
public sealed class PathTemplateTests
{
    private const string Event =
        """{"messageId":"m-1","body":"{\"key\":\"v\",\"list\":[1,{\"x\":2}]}","attributes":{"SenderId":"s"},"n":5}""";

    private static readonly PipeContext Context = new(
        "arn:pipe", "pipe", "arn:source", "", "arn:target", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Theory]
    [InlineData("Hello, sender", "Hello, sender")]
    [InlineData("<$.attributes.SenderId>", "\"s\"")]
    [InlineData("\"Hello, <$.attributes.SenderId>\"", "\"Hello, s\"")]
    [InlineData("""{ "key1": "value1" }""", """{"key1":"value1"}""")]
    [InlineData(
        """{"k": <$.body.key>, "d": <aws.pipes.event.ingestion-time>}""",
        """{"k":"v","d":"2026-01-02T03:04:05Z"}""")]
    [InlineData("""{"k": <$.body.list[1].x>, "m": "<$.body.list[0]>"}""", """{"k":2,"m":"1"}""")]
    [InlineData("""{"l": <$.body.list>}""", """{"l":[1,{"x":2}]}""")]
    [InlineData("""{"a":<aws.pipes.pipe-arn>,"n":<aws.pipes.pipe-name>}""", """{"a":"arn:pipe","n":"pipe"}""")]
    [InlineData(
        """{"s":<aws.pipes.source-arn>,"e":<aws.pipes.enrichment-arn>,"t":<aws.pipes.target-arn>}""",
        """{"s":"arn:source","e":"","t":"arn:target"}""")]
    [InlineData("<aws.pipes.event>", Event)]
    [InlineData(
        "<aws.pipes.event.json>",
        """{"messageId":"m-1","body":{"key":"v","list":[1,{"x":2}]},"attributes":{"SenderId":"s"},"n":5}""")]
    [InlineData("""{"a":<$.none>}""", """{"a":""}""")]
    [InlineData("""{"a":<$.messageId.x>}""", """{"a":""}""")]
    [InlineData("a <b> c", "a <b> c")]
    public void A_template_is_filled_as_documented(string template, string output)
    {
        var parsed = PathTemplate.Parse(template);

        Assert.True(parsed.IsOk, parsed.Fault?.Message);
        Assert.Equal(output, Encoding.UTF8.GetString(parsed.Value.Apply(Encoding.UTF8.GetBytes(Event), Context)));
    }

    [Theory]
    [InlineData("", "length")]
    [InlineData("""{"a":<aws.pipes.other>}""", "aws.pipes.other")]
    [InlineData("""{"a":<$..b>}""", "$..b")]
    [InlineData("""{"a":<$.b>""", "JSON")]
    [InlineData("""{"<$.b>":1}""", "key")]
    public void A_wrong_template_is_refused_by_name(string template, string reason)
    {
        var parsed = PathTemplate.Parse(template);

        Assert.False(parsed.IsOk);
        Assert.Contains(reason, parsed.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.attributes.SenderId", false, "s")]
    [InlineData("$['n']", false, "5")]
    [InlineData("$.attributes", false, """{"SenderId":"s"}""")]
    [InlineData("$.body.key", true, "v")]
    [InlineData("$.body.key", false, null)]
    [InlineData("$.none", true, null)]
    [InlineData("plain", true, "plain")]
    [InlineData("$5", true, "$5")]
    public void A_parameter_is_text_or_a_path(string parameter, bool opensTexts, string? value) =>
        Assert.Equal(
            value, DynamicParameter.Parse(parameter, opensTexts).Value.Apply(Encoding.UTF8.GetBytes(Event)));

    [Fact]
    public void A_parameter_that_is_a_wrong_path_is_refused() => Assert.False(DynamicParameter.Parse("$.a[x]").IsOk);
}
