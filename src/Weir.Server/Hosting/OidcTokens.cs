using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Weir.Engine;
using Weir.Protocols.Rest.Admin;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>
/// Checks the bearer tokens of an OpenID Connect provider: signature by the keys that it publishes, issuer, audience
/// and time. Its keys are fetched with the first token, and again when one is signed with a key that is not known.
/// </summary>
// https://openid.net/specs/openid-connect-discovery-1_0.html, https://www.rfc-editor.org/rfc/rfc9068
internal sealed partial class OidcTokens : IAdminTokens, IDisposable
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    /// <summary>Those that need the provider's private key; what a public key could make is not among them.</summary>
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FetchInterval = TimeSpan.FromHours(12);
    private static readonly TimeSpan RefetchInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a failed first fetch is answered without another try.</summary>
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(5);
    private const long DocumentBytesMax = 1 << 20;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly HttpClient _http = new()
    {
        Timeout = FetchTimeout, MaxResponseContentBufferSize = DocumentBytesMax,
    };

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private readonly Lock _pacing = new();
    private readonly HttpDocumentRetriever _documents;
    private readonly TimeProvider _time;
    private readonly string _issuer;
    private readonly string _audience;
    private readonly string _claim;
    private readonly string _value;
    private readonly ILogger _log;
    private volatile ProviderKeys? _keys;
    private long? _refetched;
    private long? _failed;

    private OidcTokens(Uri issuer, string audience, string adminClaim, TimeProvider time, ILogger log)
    {
        (_audience, _time, _log) = (audience, time, log);
        _issuer = issuer.AbsoluteUri.TrimEnd('/');
        _documents = new HttpDocumentRetriever(_http) { RequireHttps = issuer.Scheme == Uri.UriSchemeHttps };
        var equals = adminClaim.IndexOf('=', StringComparison.Ordinal);
        (_claim, _value) = (adminClaim[..equals], adminClaim[(equals + 1)..]);
    }

    /// <summary>Null when no issuer is configured.</summary>
    public static OidcTokens? Open(ServerOptions options, TimeProvider time, ILogger log) =>
        options.OidcIssuer is { } issuer
            ? new OidcTokens(issuer, options.OidcAudience!, options.OidcAdminClaim, time, log)
            : null;

    public async ValueTask<Outcome<AdminToken?>> CheckAsync(string token, CancellationToken cancelled)
    {
        var keys = _keys;
        if (keys is null && HasJustFailed) return Unreachable();
        if (keys is null || _time.GetElapsedTime(keys.Fetched) > FetchInterval)
            keys = await FetchAsync(keys, cancelled);
        if (keys is null) return Unreachable();

        var result = await _handler.ValidateTokenAsync(token, keys.Rules);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && MayRefetch()
            && await FetchAsync(keys, cancelled) is { } newer)
            result = await _handler.ValidateTokenAsync(token, newer.Rules);
        if (!result.IsValid)
        {
            LogRefused(result.Exception?.GetType().Name ?? "unknown");
            return (AdminToken?)null;
        }

        var read = (JsonWebToken)result.SecurityToken;
        var isAdmin = read.Claims.Any(claim => claim.Type == _claim && Says(claim.Value));
        return new AdminToken($"{_issuer}#{read.Subject}", isAdmin);
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    /// <summary>While nothing was ever fetched, those who come just after a failure need not wait for the next.
    /// </summary>
    private bool HasJustFailed
    {
        get
        {
            lock (_pacing) return _failed is { } last && _time.GetElapsedTime(last) < FailureMemory;
        }
    }

    private Fault Unreachable() => new(FaultCode.Unavailable,
        $"The issuer of tokens, {_issuer}, cannot be asked for its keys now; use an admin key, or try again.");

    /// <summary>Fetches the provider's keys, unless somebody did while this waited.</summary>
    /// <returns>The keys there are: the old ones when the provider cannot be reached, null when there are none.
    /// </returns>
    private async ValueTask<ProviderKeys?> FetchAsync(ProviderKeys? old, CancellationToken cancelled)
    {
        await _fetching.WaitAsync(cancelled);
        try
        {
            if (!ReferenceEquals(_keys, old) || (old is null && HasJustFailed)) return _keys;
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(
                _issuer + DiscoveryPath, _documents, cancelled);
            var rules = new TokenValidationParameters
            {
                IssuerSigningKeys = found.SigningKeys,
                ValidIssuers = [_issuer, _issuer + "/"],
                ValidAudience = _audience,
                ValidAlgorithms = Algorithms,
                ClockSkew = ClockSkew,
            };
            return _keys = new ProviderKeys(rules, _time.GetTimestamp());
        }
        catch (Exception failure) when (!cancelled.IsCancellationRequested)
        {
            // Whatever it answers that is no list of keys: to us it is away.
            LogUnreachable(_issuer, failure.InnerException?.Message ?? failure.Message);
            lock (_pacing) _failed = _time.GetTimestamp();
            return _keys = old is null ? null : old with { Fetched = _time.GetTimestamp() };
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>
    /// True for the first token with an unknown key, and then once a second: anybody can make one up.
    /// </summary>
    private bool MayRefetch()
    {
        lock (_pacing)
        {
            if (_refetched is { } last && _time.GetElapsedTime(last) < RefetchInterval) return false;
            _refetched = _time.GetTimestamp();
            return true;
        }
    }

    // Scopes come as one text with spaces between them; a group may have spaces in its name.
    private bool Says(string value) => value == _value
        || (_claim is "scope" or "scp" && value.Split(' ').Contains(_value, StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Warning, "The keys of {Issuer} cannot be fetched, so no token is taken: {Reason}")]
    private partial void LogUnreachable(string issuer, string reason);

    [LoggerMessage(LogLevel.Information, "A bearer token was refused: {Reason}")]
    private partial void LogRefused(string reason);

    /// <summary>The provider's keys, with what else a token must fulfil.</summary>
    private sealed record ProviderKeys(TokenValidationParameters Rules, long Fetched);
}
