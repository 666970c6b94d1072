using System.Text;
using Weir.Broker.Routing.Transforms;
using Xunit;

namespace Weir.Tests.Routing.Transforms;

/// <summary>The examples of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html,
/// and what lies between them.</summary>
public sealed class InputTransformerTests
{
    private const string Event =
        """
        {"version":"0","detail-type":"State","source":"aws.ec2","time":"2015-11-11T21:29:54Z",
        "detail":{"instance-id":"i-0123456789","state":"RUNNING","quoted":"say \"hi\"","n":1.50,"none":null,
        "tags":["a", "b"],"size":{"cpu":2}}}
        """;

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["timestamp"] = "$.time",
        ["instance"] = "$.detail.instance-id",
        ["state"] = "$.detail.state",
        ["quoted"] = "$.detail.quoted",
        ["n"] = "$.detail.n",
        ["none"] = "$.detail.none",
        ["tags"] = "$.detail.tags",
        ["size"] = "$.detail.size",
        ["missing"] = "$.detail.missing",
    };

    private static readonly TransformContext Context = new(
        "arn:aws:events:us-east-2:123456789012:rule/example", "example", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Theory]
    [InlineData(""" "instance <instance> is in <state>" """, """ "instance i-0123456789 is in RUNNING" """)]
    [InlineData(""" "instance \"<instance>\" is in <state>" """, """ "instance \"i-0123456789\" is in RUNNING" """)]
    [InlineData(
        """{ "instance" : <instance>, "state": <state> }""",
        """{"instance":"i-0123456789","state":"RUNNING"}""")]
    [InlineData(
        """{ "state": "<state>", "status": "instance \"<instance>\" is in <state>" }""",
        """{"state":"RUNNING","status":"instance \"i-0123456789\" is in RUNNING"}""")]
    [InlineData(
        """{"state": [ 9, <state>, true ],"Transformed" : "Yes"}""",
        """{"state":[9,"RUNNING",true],"Transformed":"Yes"}""")]
    [InlineData(
        """{"ruleArn" : <aws.events.rule-arn>, "ruleName" : <aws.events.rule-name>}""",
        """{"ruleArn":"arn:aws:events:us-east-2:123456789012:rule/example","ruleName":"example"}""")]
    [InlineData(""" "<aws.events.rule-name> triggered" """, """ "example triggered" """)]
    [InlineData("""{"at":<aws.events.event.ingestion-time>}""", """{"at":"2026-01-02T03:04:05Z"}""")]
    [InlineData(
        """{"e":<aws.events.event>}""",
        """{"e":{"version":"0","detail-type":"State","source":"aws.ec2","time":"2015-11-11T21:29:54Z"}}""")]
    [InlineData("<instance>", "\"i-0123456789\"")]
    [InlineData("""{"q":<quoted>,"t":"<quoted>"}""", """{"q":"say \"hi\"","t":"say \"hi\""}""")]
    [InlineData("""{"n":<n>,"t":"<n>","none":<none>}""", """{"n":1.50,"t":"1.50","none":null}""")]
    [InlineData("""{"tags":<tags>,"size":<size>}""", """{"tags":["a","b"],"size":{"cpu":2}}""")]
    [InlineData("""{"t":"<size> of <state>"}""", """{"t":"{\"cpu\":2} of RUNNING"}""")]
    [InlineData("""{"a":<missing>,"t":"[<missing>]"}""", """{"a":"","t":"[]"}""")]
    [InlineData("\"one <state>\"\n\"two <n>\"", "\"one RUNNING\"\n\"two 1.50\"")]
    [InlineData("""{"t":"a < b, <state>, c > d"}""", """{"t":"a < b, RUNNING, c > d"}""")]
    [InlineData("""{"t":"a  \\" , "s" : <state>}""", """{"t":"a  \\","s":"RUNNING"}""")]
    [InlineData("""{ "t" : "\"a  b\"" }""", """{"t":"\"a  b\""}""")]
    [InlineData("""["<instance><state>"]""", """["i-0123456789RUNNING"]""")]
    public void A_template_is_filled_as_documented(string template, string output) =>
        Assert.Equal(output, Transformed(template));

    [Fact]
    public void The_whole_event_is_a_value()
    {
        var compact = Event.Replace("\n", "", StringComparison.Ordinal).Replace(", ", ",", StringComparison.Ordinal);

        Assert.Equal($$"""{"e":{{compact}}}""", Transformed("""{"e":<aws.events.event.json>}"""));
    }

    [Theory]
    [InlineData("", "length")]
    [InlineData(" ", "empty")]
    [InlineData("instance is <state>", "JSON, or text in quotes")]
    [InlineData("""{"a":<state>""", "JSON")]
    [InlineData("""{<state>:1}""", "key")]
    [InlineData("""{"x<state>":1}""", "key")]
    [InlineData("""{"a":<other>}""", "<other> has no path")]
    [InlineData("""{"a":<aws.events.rule>}""", "<aws.events.rule> has no path")]
    public void A_wrong_template_is_refused_by_name(string template, string reason)
    {
        var parsed = InputTransformer.Parse(Paths, template);

        Assert.False(parsed.IsOk);
        Assert.Contains(reason, parsed.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("aws.events.event")]
    [InlineData("")]
    [InlineData("a b")]
    public void A_wrong_name_is_refused(string name) =>
        Assert.False(InputTransformer.Parse(new Dictionary<string, string> { [name] = "$.a" }, "\"x\"").IsOk);

    [Fact]
    public void Limits_are_those_of_the_documentation()
    {
        Assert.True(InputTransformer.Parse(Many(100), Long(8_192)).IsOk);
        Assert.False(InputTransformer.Parse(Many(101), Long(8_192)).IsOk);
        Assert.False(InputTransformer.Parse(Many(100), Long(8_193)).IsOk);
        Assert.False(InputTransformer.Parse(new Dictionary<string, string> { ["a"] = "detail" }, "\"x\"").IsOk);

        static Dictionary<string, string> Many(int count) =>
            Enumerable.Range(0, count).ToDictionary(i => $"v{i}", i => $"$.v{i}");
        static string Long(int length) => $"\"{new string('x', length - 2)}\"";
    }

    private static string Transformed(string template)
    {
        var parsed = InputTransformer.Parse(Paths, template);
        Assert.True(parsed.IsOk, parsed.Fault?.Message);
        return Encoding.UTF8.GetString(parsed.Value.Apply(Encoding.UTF8.GetBytes(Event), Context));
    }
}
