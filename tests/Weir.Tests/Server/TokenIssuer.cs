using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weir.Tests.Delivery;

namespace Weir.Tests.Server;

/// <summary>
/// An OpenID Connect provider as far as tokens are concerned: it publishes its keys over real HTTP and signs what it is
/// told to. Tokens are put together here by hand, by RFC 7515, with no help of the library that checks them.
/// </summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "weir";

    private readonly HttpReceiver _http;

    private TokenIssuer(HttpReceiver http) => _http = http;

    public RSA Key { get; private set; } = RSA.Create(2048);

    public string KeyId { get; private set; } = "first";

    public string Url => _http.Address.AbsoluteUri.TrimEnd('/');

    public static async Task<TokenIssuer> StartAsync()
    {
        var http = await HttpReceiver.StartAsync();
        var issuer = new TokenIssuer(http);
        http.Answer = (context, _) => issuer.AnswerAsync(context);
        return issuer;
    }

    /// <summary>From now on tokens are signed with another key.</summary>
    public void Rotate() => (Key, KeyId) = (RSA.Create(2048), KeyId + "+");

    /// <param name="change">What is different from a token that opens the admin API.</param>
    public string Issue(
        Action<JsonObject>? change = null, string algorithm = "RS256", Func<byte[], byte[]>? sign = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = KeyId };
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Url, ["aud"] = Audience, ["sub"] = "ada", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 300,
            ["roles"] = new JsonArray("reader", "weir-admin"),
        };
        change?.Invoke(claims);
        var text = $"{Part(header)}.{Part(claims)}";
        var signature = (sign ?? SignRs256)(Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public byte[] SignRs256(byte[] bytes) =>
        Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public async ValueTask DisposeAsync() => await _http.DisposeAsync();

    private static string Part(JsonNode json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private Task AnswerAsync(HttpContext context)
    {
        var parameters = Key.ExportParameters(includePrivateParameters: false);
        object answer = context.Request.Path.Value == "/keys"
            ? new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", alg = "RS256", kid = KeyId,
                        n = Base64Url.EncodeToString(parameters.Modulus),
                        e = Base64Url.EncodeToString(parameters.Exponent),
                    },
                },
            }
            : new { issuer = Url, jwks_uri = Url + "/keys" };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }
}
