using CsCheck;
using Weir.Protocols.Aws;
using Xunit;

namespace Weir.Tests.Protocols.SigV4;

/// <summary>Whatever a stranger changes in somebody else's signed request, it is refused; nothing throws.</summary>
public sealed class TamperingTests
{
    private static readonly Authenticator Authenticator = TestRequest.NewAuthenticator(TestRequest.Options);

    private static readonly Gen<char> Character = Gen.Char[' ', '~'];

    [Fact]
    public void Any_changed_character_of_any_signed_part_is_refused() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 10_000], Character).Sample((part, at, to) =>
        {
            var request = TestRequest.Signed();
            switch (part)
            {
                case 0:
                    var method = Change(request.Method, at, to);
                    if (method == request.Method) return;
                    request.Method = method;
                    break;
                case 1:
                    request.Target = "/" + to;
                    if (to is '/' or '.' or '?') return;
                    break;
                case 2:
                    request.Body[at % request.Body.Length] ^= (byte)(1 << (to % 8));
                    break;
                default:
                    var name = new[] { "Host", "X-Amz-Target", "X-Amz-Date", "Authorization" }[part - 3];
                    var before = request.Headers[name].ToString();
                    var after = Change(before, at, to);
                    if (Squeezed(after) == Squeezed(before)) return;
                    request.Headers[name] = after;
                    break;
            }

            Assert.NotNull(request.Authenticate(Authenticator).Error);
        });

    [Fact]
    public void Any_changed_character_of_a_presigned_target_is_refused() =>
        Gen.Select(Gen.Int[0, 10_000], Character).Sample((at, to) =>
        {
            var request = TestRequest.Presigned();
            var after = Change(request.Target, at, to);
            if (Meaning(after) == Meaning(request.Target)) return;
            request.Target = after;

            Assert.NotNull(request.Authenticate(Authenticator).Error);
        });

    [Fact]
    public void Garbage_is_refused_without_an_exception() =>
        Gen.Select(Gen.String, Gen.String, Gen.Bool, Gen.Byte.Array).Sample((text, target, isSigned, body) =>
        {
            var request = isSigned ? TestRequest.Signed() : new TestRequest();
            request.Headers.Authorization = isSigned ? "AWS4-HMAC-SHA256 " + text : text;
            request.Headers["X-Amz-Date"] = text;
            request.Target = target;
            request.Body = body;

            Assert.NotNull(request.Authenticate(Authenticator).Error);
            Assert.Null(request.Authenticate(new AwsOptions()).Error);
        });

    [Fact]
    public void Garbage_in_a_query_is_refused_without_an_exception()
    {
        string[] names = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];
        Gen.Select(Gen.String.Array[0, 8], Gen.Int[0, 5].Array[8]).Sample((values, order) =>
        {
            var request = new TestRequest
            {
                Target = "/?" + string.Join('&', values.Select((value, i) => $"X-Amz-{names[order[i]]}={value}")),
            };

            Assert.NotNull(request.Authenticate(Authenticator).Error);
            Assert.Null(request.Authenticate(new AwsOptions()).Error);
        });
    }

    [Fact]
    public void A_replay_to_another_server_or_after_its_time_is_refused()
    {
        var elsewhere = TestRequest.Signed();
        elsewhere.Headers["Host"] = "other:4566";

        Assert.NotNull(elsewhere.Authenticate(Authenticator).Error);
        Assert.NotNull(TestRequest.Signed().Authenticate(now: TestRequest.Now.AddHours(1)).Error);
    }

    private static string Change(string text, int at, char to) =>
        string.Concat(text.AsSpan(0, at % text.Length), to.ToString(), text.AsSpan((at % text.Length) + 1));

    /// <summary>Spaces are not significant in a header's value, nor around the commas of Authorization.</summary>
    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Two targets that differ only in how they are escaped are one request.</summary>
    private static string Meaning(string target) =>
        Uri.UnescapeDataString(target.Replace('+', ' ')).TrimEnd('&');
}
