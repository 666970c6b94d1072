using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Tests.Protocols.SigV4;

/// <summary>A request as plain data, which tests sign, change and send to an authenticator.</summary>
internal sealed class TestRequest
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Account = "123456789012";
    public static readonly DateTimeOffset Now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    public string Method { get; set; } = "POST";

    public string Target { get; set; } = "/";

    public IHeaderDictionary Headers { get; } = new HeaderDictionary { ["Host"] = "localhost:4566" };

    public byte[] Body { get; set; } = [];

    public static AwsOptions Options { get; } = new()
    {
        Keys = new Dictionary<string, AccessKey> { [KeyId] = new(KeyId, Secret, Account) },
    };

    public static SigV4Signer Signer { get; } = new(KeyId, Secret, "eu-west-1", "sqs");

    /// <summary>A request such as an SDK makes, already signed.</summary>
    public static TestRequest Signed()
    {
        var request = new TestRequest { Body = Encoding.UTF8.GetBytes("""{"QueueName":"first"}""") };
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        request.Headers["X-Amz-Target"] = "AmazonSQS.CreateQueue";
        return request.Sign();
    }

    public static TestRequest Presigned(TimeSpan? expires = null)
    {
        var request = new TestRequest { Method = "GET" };
        request.Target = Signer.Presign(
            "GET",
            "/123456789012/first?Action=ReceiveMessage&Version=2012-11-05",
            request.Headers,
            ReadOnlyMemory<byte>.Empty,
            Now,
            expires ?? TimeSpan.FromHours(1));
        return request;
    }

    public TestRequest Sign(SigV4Signer? signer = null, DateTimeOffset? now = null)
    {
        (signer ?? Signer).Sign(Method, Target, Headers, Body, now ?? Now);
        return this;
    }

    public AuthResult Authenticate(AwsOptions? options = null, DateTimeOffset? now = null) =>
        Authenticate(NewAuthenticator(options ?? Options, now));

    public static Authenticator NewAuthenticator(AwsOptions options, DateTimeOffset? now = null) =>
        new(options, new KeyRing(options.Keys), new FakeTimeProvider(now ?? Now));

    public AuthResult Authenticate(Authenticator authenticator)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = Target;
        var question = Target.IndexOf('?', StringComparison.Ordinal);
        context.Request.Method = Method;
        context.Request.QueryString = question < 0 ? default : new QueryString(Target[question..]);
        foreach (var (name, values) in Headers) context.Request.Headers[name] = values;
        return authenticator.Authenticate(context.Request, new ReadOnlySequence<byte>(Body));
    }
}
