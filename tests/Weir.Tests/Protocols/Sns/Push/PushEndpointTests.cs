using Weir.Protocols.Sns.Push;
using Xunit;

namespace Weir.Tests.Protocols.Sns.Push;

public sealed class PushEndpointTests
{
    [Theory]
    [InlineData("http", "http://example.org/hook?a=b")]
    [InlineData("https", "https://user:secret@example.org:8443/")]
    public void A_url_of_the_protocol_is_taken(string protocol, string url) =>
        Assert.Null(PushEndpoint.Check(protocol, url));

    [Theory]
    [InlineData("http", "https://example.org/")]
    [InlineData("https", "http://example.org/")]
    [InlineData("http", "example.org")]
    [InlineData("http", "http:///path")]
    [InlineData("http", "http://example.org/#part")]
    [InlineData("http", "file:///etc/passwd")]
    public void Anything_else_is_refused(string protocol, string url) =>
        Assert.Equal("InvalidParameter", PushEndpoint.Check(protocol, url)?.QueryCode);

    [Fact]
    public void A_password_is_not_shown() => Assert.Equal(
        "https://user:****@example.org/a", PushEndpoint.Show("https://user:secret@example.org/a"));
}
