using Microsoft.Extensions.Configuration;
using Weir.Server.Options;
using Xunit;

namespace Weir.Tests.Server;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Nothing_given_is_the_documented_standard()
    {
        var (options, problems) = Read();

        Assert.Empty(problems);
        Assert.Equal(("127.0.0.1", 4566, "./weir-data", "us-east-1"),
            (options.Host, options.Port, options.Data, options.Region));
        Assert.Empty(options.Keys);
    }

    [Fact]
    public void What_is_given_is_taken()
    {
        var (options, problems) = Read(
            ("Host", "localhost"), ("Port", "4567"), ("Data", "d"), ("Region", "eu-west-1"),
            ("PublicUrl", "https://weir.example.org"), ("DiskReserveBytes", "1"), ("RequestBytesMax", "4096"),
            ("keys:AKID:secret", "s"), ("keys:AKID:account", "123456789012"), ("LogFormat", "json"));

        Assert.Empty(problems);
        Assert.Equal(("localhost", 4567, "d", "eu-west-1"),
            (options.Host, options.Port, options.Data, options.Region));
        Assert.Equal(new Uri("https://weir.example.org"), options.PublicUrl);
        Assert.Equal((1L, 4096, "json"), (options.DiskReserveBytes, options.RequestBytesMax, options.LogFormat));
        Assert.Equal(("s", "123456789012"), (options.Keys["AKID"].Secret, options.Keys["AKID"].Account));
    }

    [Theory]
    [InlineData("Port", "-1")]
    [InlineData("Port", "65536")]
    [InlineData("Port", "http")]
    [InlineData("Host", "example.org")]
    [InlineData("Data", " ")]
    [InlineData("Region", "US EAST")]
    [InlineData("PublicUrl", "weir")]
    [InlineData("PublicUrl", "http://weir/path")]
    [InlineData("Insecure", "perhaps")]
    [InlineData("RequestBytesMax", "1")]
    [InlineData("LogFormat", "xml")]
    [InlineData("Prot", "4566")]
    public void A_wrong_value_is_named_with_what_to_do(string name, string value)
    {
        var problem = Assert.Single(Read((name, value)).Problems);

        Assert.StartsWith($"Weir:{name} is ", problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_said_at_once() => Assert.Equal(
        ["Weir:Port", "Weir:Keys:A:Secret", "Weir:Keys:A:Account"],
        Read(("Port", "x"), ("Keys:A:Account", "1")).Problems.Select(problem => problem.Split(' ')[0]));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("*", false)]
    [InlineData("192.0.2.1", false)]
    public void Only_this_machine_reaches_loopback(string host, bool isLoopback)
    {
        var (options, problems) = Read(("Host", host));

        Assert.Empty(problems);
        Assert.Equal(isLoopback, options.IsLoopback);
    }

    [Fact]
    public void A_configured_key_may_be_an_admins()
    {
        var (options, _) = Read(("Keys:A:Secret", "s"), ("Keys:A:Account", "123456789012"), ("Keys:A:Admin", "true"));
        var wrong = Read(("Keys:A:Secret", "s"), ("Keys:A:Account", "123456789012"), ("Keys:A:Admin", "yes"));

        Assert.True(options.Keys["A"].IsAdmin);
        Assert.Contains("Weir:Keys:A:Admin is 'yes'", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    private static (ServerOptions Options, IReadOnlyList<string> Problems) Read(
        params (string Name, string Value)[] given) => ServerOptionsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(given.Select(one => KeyValuePair.Create($"Weir:{one.Name}", (string?)one.Value)))
            .Build());
}
