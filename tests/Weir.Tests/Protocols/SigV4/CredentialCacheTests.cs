using Weir.Protocols.Aws;
using Weir.Protocols.Aws.SigV4;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class CredentialCacheTests
{
    [Fact]
    public void It_gives_back_what_it_was_given()
    {
        var cache = new CredentialCache<string>();
        cache.Add("a", "one");

        Assert.Equal("one", cache.Find("a"));
        Assert.Null(cache.Find("b"));
    }

    [Fact]
    public void It_stays_bounded_and_useful_when_strangers_fill_it()
    {
        var cache = new CredentialCache<string>();
        for (var i = 0; i < 5_000; i++) cache.Add($"credential {i}", "one");

        Assert.Equal("one", cache.Find("credential 4999"));
        Assert.Null(cache.Find("credential 0"));
    }

    [Fact]
    public void A_request_that_was_verified_once_is_verified_again()
    {
        var authenticator = TestRequest.NewAuthenticator(TestRequest.Options);
        var tampered = TestRequest.Signed();
        tampered.Method = "PUT";

        Assert.Null(TestRequest.Signed().Authenticate(authenticator).Error);
        Assert.Null(TestRequest.Signed().Authenticate(authenticator).Error);
        Assert.NotNull(tampered.Authenticate(authenticator).Error);
    }

    [Fact]
    public void Reading_a_known_credential_allocates_no_string()
    {
        var first = new TestRequest();
        first.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=me/20150830/eu-west-1/sqs/aws4_request";
        var authenticator = TestRequest.NewAuthenticator(new AwsOptions());

        var once = first.Authenticate(authenticator).Identity;
        var again = first.Authenticate(authenticator).Identity;

        Assert.Same(once.Region, again.Region);
    }
}
