using System.Text;
using Weir.Protocols.Aws.SigV4;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

public sealed class RefusalTests
{
    private const string Good = "Credential=AKIDEXAMPLE/20150830/eu-west-1/sqs/aws4_request";
    private const string Rest = "SignedHeaders=host;x-amz-date, Signature=00";

    [Fact]
    public void A_signed_request_is_accepted()
    {
        var result = TestRequest.Signed().Authenticate();

        Assert.Null(result.Error);
        Assert.Equal((TestRequest.Account, "eu-west-1"), (result.Identity.Account, result.Identity.Region));
    }

    [Fact]
    public void An_unsigned_request_is_missing_its_token() =>
        AssertRefused(new TestRequest(), "MissingAuthenticationToken");

    [Fact]
    public void An_unknown_key_is_answered_like_a_wrong_secret() => AssertRefused(
        new TestRequest().Sign(new SigV4Signer("AKIDOTHER", TestRequest.Secret, "eu-west-1", "sqs")),
        "SignatureDoesNotMatch");

    [Fact]
    public void An_unknown_key_that_signs_with_the_stand_in_secret_is_no_better() => AssertRefused(
        new TestRequest().Sign(new SigV4Signer("AKIDOTHER", "", "eu-west-1", "sqs")), "SignatureDoesNotMatch");

    [Fact]
    public void A_wrong_secret_does_not_match() => AssertRefused(
        new TestRequest().Sign(new SigV4Signer(TestRequest.KeyId, "other", "eu-west-1", "sqs")),
        "SignatureDoesNotMatch");

    [Theory]
    [InlineData("Bearer token")]
    [InlineData("AWS AKID:signature")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 ")]
    [InlineData("AWS4-HMAC-SHA256 Credential")]
    [InlineData("AWS4-ECDSA-P256-SHA256 " + Good + ", " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 " + Good)]
    [InlineData("AWS4-HMAC-SHA256 " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 " + Good + ", " + Good + ", " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 " + Good + ", Extra=1, " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/sqs/aws4_request, " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/2015083/eu-west-1/sqs/aws4_request, " + Rest)]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/sqs/aws3_request, " + Rest)]
    public void A_malformed_header_is_an_incomplete_signature(string authorization)
    {
        var request = TestRequest.Signed();
        request.Headers.Authorization = authorization;

        AssertRefused(request, "IncompleteSignature");
    }

    [Fact]
    public void Two_signatures_are_one_too_many()
    {
        var request = TestRequest.Presigned();
        request.Headers.Authorization = TestRequest.Signed().Headers.Authorization;

        AssertRefused(request, "IncompleteSignature");
    }

    [Fact]
    public void The_host_has_to_be_signed()
    {
        var request = new TestRequest();
        request.Headers.Remove("Host");
        request.Headers["My-Header"] = "1";

        AssertRefused(request.Sign(), "SignatureDoesNotMatch");
    }

    [Fact]
    public void The_header_that_names_the_operation_has_to_be_signed()
    {
        var request = new TestRequest().Sign();
        request.Headers["X-Amz-Target"] = "AmazonSQS.DeleteQueue";

        AssertRefused(request, "SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void A_declared_hash_has_to_be_the_hash_of_the_body(string declared)
    {
        var request = new TestRequest { Body = Encoding.UTF8.GetBytes("body") };
        request.Headers["X-Amz-Content-Sha256"] = declared;

        AssertRefused(request.Sign(), "SignatureDoesNotMatch");
    }

    [Fact]
    public void The_date_header_serves_where_there_is_no_other()
    {
        var request = new TestRequest();
        request.Headers["Date"] = TestRequest.Now.ToString("r");
        request.Sign();
        request.Headers.Remove("X-Amz-Date");

        // The header that was signed is gone, so it is refused; but for its signature, not for the want of a date.
        AssertRefused(request, "SignatureDoesNotMatch");
        request.Headers.Remove("Date");
        AssertRefused(request, "IncompleteSignature");
    }

    [Theory]
    [InlineData(-15, null)]
    [InlineData(15, null)]
    [InlineData(-16, "SignatureDoesNotMatch")]
    [InlineData(16, "SignatureDoesNotMatch")]
    public void A_header_is_good_for_fifteen_minutes_on_either_side(int minutes, string? code) =>
        Assert.Equal(
            code, TestRequest.Signed().Authenticate(now: TestRequest.Now.AddMinutes(minutes)).Error?.QueryCode);

    [Theory]
    [InlineData(-16, "SignatureDoesNotMatch")]
    [InlineData(-15, null)]
    [InlineData(60, null)]
    [InlineData(61, "RequestExpired")]
    public void A_presigned_request_is_good_until_it_expires(int minutes, string? code) =>
        Assert.Equal(
            code, TestRequest.Presigned().Authenticate(now: TestRequest.Now.AddMinutes(minutes)).Error?.QueryCode);

    [Theory]
    [InlineData(0, "IncompleteSignature")]
    [InlineData(1, null)]
    [InlineData(604_800, null)]
    [InlineData(604_801, "IncompleteSignature")]
    public void A_presigned_request_expires_within_a_week(int seconds, string? code) =>
        Assert.Equal(code, TestRequest.Presigned(TimeSpan.FromSeconds(seconds)).Authenticate().Error?.QueryCode);

    private static void AssertRefused(TestRequest request, string code)
    {
        var error = request.Authenticate().Error;
        Assert.Equal((code, 403), (error?.QueryCode, error?.Status));
    }
}
