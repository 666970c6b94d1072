using Weir.Protocols.Aws.SigV4;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class VectorTests
{
    public static TheoryData<string> All => [.. Vector.Names()];

    public static TheoryData<string> OfHeaders =>
        [.. Vector.Names().Where(name => !name.StartsWith("presigned", StringComparison.Ordinal))];

    [Fact]
    public void The_vectors_are_there() => Assert.Equal(30, Vector.Names().Count());

    [Theory]
    [MemberData(nameof(All))]
    public void A_published_request_is_accepted(string name)
    {
        var result = Vector.Read(name).Authenticate();

        Assert.Null(result.Error);
        Assert.Equal((TestRequest.Account, "us-east-1"), (result.Identity.Account, result.Identity.Region));
    }

    [Theory]
    [MemberData(nameof(OfHeaders))]
    public void Signing_a_published_request_gives_its_signature(string name)
    {
        var request = Vector.Read(name);
        var published = request.Headers.Authorization.ToString();
        if (!published.Contains("x-amz-security-token", StringComparison.Ordinal))
            request.Headers.Remove("X-Amz-Security-Token");
        request.Headers.Remove("Authorization");

        request.Sign(new SigV4Signer(TestRequest.KeyId, TestRequest.Secret, "us-east-1", "service"));

        Assert.Equal(published, request.Headers.Authorization.ToString());
    }
}
