using Weir.Protocols.Aws;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class WithoutKeysTests
{
    private static readonly AwsOptions Open = new() { Region = "eu-north-1" };

    [Theory]
    [InlineData("test/20150830/eu-west-1/sqs/aws4_request", "000000000000", "eu-west-1")]
    [InlineData("111122223333/20150830/us-east-1/sqs/aws4_request", "111122223333", "us-east-1")]
    [InlineData("11112222333/20150830/us-east-1/sqs/aws4_request", "000000000000", "us-east-1")]
    [InlineData("with/slash/20150830/us-east-1/sqs/aws4_request", "000000000000", "us-east-1")]
    [InlineData("test/20150830/US EAST/sqs/aws4_request", "000000000000", "eu-north-1")]
    [InlineData("test/20150830/sqs/aws4_request", "000000000000", "eu-north-1")]
    [InlineData("", "000000000000", "eu-north-1")]
    public void The_credential_names_account_and_region(string credential, string account, string region)
    {
        var request = new TestRequest();
        request.Headers.Authorization =
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=anything";

        var identity = request.Authenticate(Open).Identity;

        Assert.Equal((account, region), (identity.Account, identity.Region));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer token")]
    [InlineData("AWS AKID:signature")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 Credential=")]
    public void Anybody_else_is_the_account_of_zeros_in_the_configured_region(string? authorization)
    {
        var request = new TestRequest();
        if (authorization is not null) request.Headers.Authorization = authorization;

        var result = request.Authenticate(Open);

        Assert.Null(result.Error);
        Assert.Equal(new AwsIdentity("000000000000", "eu-north-1", ""), result.Identity);
    }

    [Fact]
    public void A_presigned_request_names_account_and_region_too()
    {
        var identity = TestRequest.Presigned().Authenticate(Open).Identity;

        Assert.Equal(new AwsIdentity("000000000000", "eu-west-1", TestRequest.KeyId), identity);
    }
}
