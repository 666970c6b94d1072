using System.Text;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

public sealed class RestAuthenticatorTests : IAsyncLifetime
{
    private const string Path = "/_weir/queues/none/messages";

    private readonly TestRest _rest = new(new AwsOptions
    {
        Keys = new Dictionary<string, AccessKey> { ["AKID"] = new("AKID", "secret", "123456789012") },
    });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_key_and_its_secret_are_the_account()
    {
        var reply = await _rest.PostAsync(Path, "x", Basic("AKID:secret"));
        Assert.Equal(404, reply.Status);
        Assert.Contains("account 123456789012", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKID:other")]
    [InlineData("AKID:")]
    [InlineData("OTHER:secret")]
    [InlineData("OTHER:")]
    [InlineData("AKID")]
    public async Task Anything_else_is_told_the_same(string credentials)
    {
        var nobody = await _rest.PostAsync(Path, "x");
        var reply = await _rest.PostAsync(Path, "x", Basic(credentials));
        Assert.Equal((401, nobody.Text), (reply.Status, reply.Text));
        Assert.StartsWith("Basic", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_is_wrong_is_refused_and_the_description_is_for_all()
    {
        var reply = await _rest.PostAsync(
            Path, "x", ("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sqs/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=00"), ("X-Amz-Date", "20260101T000000Z"));
        Assert.Equal((403, "forbidden"), (reply.Status, reply.Problem));
        Assert.Equal(200, (await _rest.GetAsync("/_weir/openapi.json")).Status);
    }

    private static (string, string) Basic(string credentials) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}");
}
