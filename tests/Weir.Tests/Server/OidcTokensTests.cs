using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Server;

public sealed class OidcTokensTests : IAsyncLifetime
{
    private TokenIssuer _issuer = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _server = await RunningServer.StartAsync(options => RunningServer.WithKey(options) with
        {
            OidcIssuer = new Uri(_issuer.Url), OidcAudience = TokenIssuer.Audience,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task An_admins_token_opens_the_admin_api_and_the_audit_log_tells_whose_it_was()
    {
        var made = await AskAsync(
            _issuer.Issue(), HttpMethod.Put, "/_weir/admin/tenants/123456789012", """{"name":"shop"}""");
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        var audit = await AskAsync(_issuer.Issue(), HttpMethod.Get, "/_weir/admin/audit");
        var told = JsonNode.Parse(await audit.Content.ReadAsStringAsync())!["entries"]![0]!;
        Assert.Equal(($"{_issuer.Url}#ada", "weir:PutTenant"), ((string?)told["who"], (string?)told["action"]));
    }

    [Theory]
    [InlineData("aud", "other")]
    [InlineData("iss", "https://login.example.org")]
    [InlineData("exp", 1_000_000_000)]
    [InlineData("nbf", 4_000_000_000)]
    public async Task A_token_for_others_or_of_another_time_is_refused(string claim, object value) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(
            _issuer.Issue(claims => claims[claim] = JsonValue.Create(value))));

    [Fact]
    public async Task A_token_that_never_ends_is_refused() => Assert.Equal(
        HttpStatusCode.Unauthorized, await StatusAsync(_issuer.Issue(claims => claims.Remove("exp"))));

    [Fact]
    public async Task A_token_that_the_issuer_did_not_sign_is_refused()
    {
        using var other = RSA.Create(2048);
        foreach (var token in (string[])
        [
            _issuer.Issue(algorithm: "none", sign: static _ => []),

            // Signed with what everybody can read, as if it were a secret.
            _issuer.Issue(algorithm: "HS256", sign: bytes => HMACSHA256.HashData(
                _issuer.Key.ExportSubjectPublicKeyInfo(), bytes)),
            _issuer.Issue(sign: bytes => other.SignData(
                bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            _issuer.Issue(sign: static _ => new byte[256]),
            "a.b.c",
        ])
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));
    }

    [Theory]
    [InlineData("roles", "reader", HttpStatusCode.Forbidden)]
    [InlineData("roles", "weir-admin-not", HttpStatusCode.Forbidden)]
    [InlineData("roles", "reader weir-admin", HttpStatusCode.Forbidden)]
    public async Task The_claim_decides(string claim, string value, HttpStatusCode status) => Assert.Equal(
        status, await StatusAsync(_issuer.Issue(claims => claims[claim] = value)));

    [Fact]
    public async Task It_opens_nothing_but_the_admin_api()
    {
        var answer = await AskAsync(_issuer.Issue(), HttpMethod.Get, "/_weir/queues/none/messages");
        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Keys_that_the_issuer_changed_are_fetched_again()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Issue()));
        _issuer.Rotate();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_issuer.Issue()));
    }

    [Fact]
    public async Task While_the_issuer_is_away_that_is_what_is_said()
    {
        var token = _issuer.Issue();
        await _issuer.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(token));
    }

    private async Task<HttpStatusCode> StatusAsync(string token) =>
        (await AskAsync(token, HttpMethod.Get, "/_weir/admin/tenants")).StatusCode;

    private async Task<HttpResponseMessage> AskAsync(
        string token, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body);
        return await _server.Http.SendAsync(request);
    }
}
