using System.Text;
using Weir.Broker.Routing.Transforms;
using Xunit;

namespace Weir.Tests.Routing.Transforms;

public sealed class InputPathTests
{
    private const string Event =
        """{"a":1,"a b":"x","detail":{"s-t_u":"é\n","list":[{"n":1},{"n":"two"},{"m":3}],"none":null,"a.b":true}}""";

    [Theory]
    [InlineData("$", Event)]
    [InlineData("$.a", "1")]
    [InlineData("$['a b']", "\"x\"")]
    [InlineData("$[\"a b\"]", "\"x\"")]
    [InlineData("$.detail['a.b']", "true")]
    [InlineData("$.detail.s-t_u", "\"é\\n\"")]
    [InlineData("$.detail.none", "null")]
    [InlineData("$.detail.list[0]", """{"n":1}""")]
    [InlineData("$.detail.list[1].n", "\"two\"")]
    [InlineData("$['detail']['list'][2]['m']", "3")]
    [InlineData("$.detail.list[*].n", """[1,"two"]""")]
    [InlineData("$.detail.list.*.n", """[1,"two"]""")]
    [InlineData("$.detail.list[0].*", "[1]")]
    public void A_value_is_taken_as_it_is_written(string path, string json) => Assert.Equal(json, Extracted(path));

    [Theory]
    [InlineData("$.b")]
    [InlineData("$.A")]
    [InlineData("$.detail.list[3]")]
    [InlineData("$.detail.list.n")]
    [InlineData("$.detail[0]")]
    [InlineData("$.a.b")]
    [InlineData("$.a[*]")]
    [InlineData("$.detail.list[*].x")]
    public void Nothing_is_taken_where_nothing_is(string path) => Assert.Null(Extracted(path));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$a")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a[0:2]")]
    [InlineData("$.a[?(@.n>1)]")]
    [InlineData("$.a['b]")]
    [InlineData("$.a b")]
    public void What_is_no_path_is_refused_by_name(string path)
    {
        var parsed = InputPath.Parse(path);

        Assert.False(parsed.IsOk);
        Assert.Contains($"path {path} is not valid", parsed.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_more_than_256_characters_is_refused()
    {
        Assert.True(InputPath.Parse($"$.{new string('a', 254)}").IsOk);
        Assert.False(InputPath.Parse($"$.{new string('a', 255)}").IsOk);
    }

    private static string? Extracted(string path)
    {
        var json = InputPath.Parse(path).Value.Extract(Encoding.UTF8.GetBytes(Event));
        return json is null ? null : Encoding.UTF8.GetString(json);
    }
}
