using Weir.Protocols.Aws.SigV4;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class SigningKeyTests
{
    /// <summary>The example of the IAM user guide, "Create a signed AWS API request".</summary>
    [Fact]
    public void The_documented_example_gives_its_documented_key() => Assert.Equal(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        Convert.ToHexStringLower(SigningKey.Derive(TestRequest.Secret, "20150830", "us-east-1", "iam")));

    [Fact]
    public void The_documented_request_gives_its_documented_signature()
    {
        var request = new TestRequest { Method = "GET", Target = "/?Action=ListUsers&Version=2010-05-08" };
        request.Headers["Host"] = "iam.amazonaws.com";
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";

        request.Sign(new SigV4Signer(TestRequest.KeyId, TestRequest.Secret, "us-east-1", "iam"));

        Assert.EndsWith(
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            request.Headers.Authorization.ToString(),
            StringComparison.Ordinal);
    }
}
