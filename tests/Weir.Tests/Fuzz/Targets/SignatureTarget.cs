using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws;
using Weir.Tests.Protocols.SigV4;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// Signed requests, as method, target, headers and body on lines of their own. A verifier that knows a credential by
/// heart says the same as one that sees it for the first time.
/// </summary>
internal sealed class SignatureTarget : HostileReader
{
    private readonly Authenticator _cached = TestRequest.NewAuthenticator(TestRequest.Options);
    private readonly Authenticator _withoutKeys = TestRequest.NewAuthenticator(new AwsOptions());

    public override string Name => "signature";

    public override double Share => 0.02;

    public override long AllocatedBytesPerByte => 2048;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        ToBytes(TestRequest.Signed()), ToBytes(TestRequest.Presigned()),
        ToBytes(TestRequest.Presigned(TimeSpan.FromDays(7))),
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "Credential=", "SignedHeaders=", "Signature=", "AWS4-HMAC-SHA256", "aws4_request", "host;", ";x-amz-date",
        "\nDate: ",
        "\nX-Amz-Date: 99991231T235959Z", "\nX-Amz-Date: 00010101T000000Z", "&X-Amz-Expires=604800", "&X-Amz-Date=",
        "&X-Amz-Signature=", "\nHost: a", "\nAuthorization: ", "http://host/", "\nDate: Sun, 30 Aug 2015 12:36:00 GMT");

    public override bool Takes(byte[] input)
    {
        var request = FromBytes(input);
        var fresh = request.Authenticate();
        var cached = request.Authenticate(_cached);
        _ = request.Authenticate(_withoutKeys);
        Require(fresh.Error?.Shape == cached.Error?.Shape && fresh.Identity == cached.Identity,
            "the cache changes the answer");
        Require(fresh.Error is not null || fresh.Identity.Account == TestRequest.Account,
            "a stranger was let in");
        return fresh.Error is null;
    }

    private static byte[] ToBytes(TestRequest request)
    {
        var text = new StringBuilder().Append(request.Method).Append('\n').Append(request.Target);
        foreach (var (name, values) in request.Headers) text.Append('\n').Append(name).Append(": ").Append(values);
        return Encoding.UTF8.GetBytes(text.Append("\n\n").Append(Encoding.UTF8.GetString(request.Body)).ToString());
    }

    private static TestRequest FromBytes(byte[] input)
    {
        var end = input.AsSpan().IndexOf("\n\n"u8);
        var lines = Encoding.UTF8.GetString(end < 0 ? input : input.AsSpan(0, end)).Split('\n');
        var request = new TestRequest
        {
            Method = lines[0],
            Target = lines.Length > 1 ? lines[1] : "",
            Body = end < 0 ? [] : input[(end + 2)..],
        };
        request.Headers.Clear();
        foreach (var line in lines.Skip(2))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0) request.Headers.Append(line[..colon], line[(colon + 2)..]);
        }

        return request;
    }
}
