using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.SigV4;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest;

/// <summary>
/// Finds out whom a request acts for: by HTTP Basic with an access key id and its secret, or by a signature as with the
/// Amazon protocols. While there are no keys credentials are only read, never checked.
/// </summary>
// https://www.rfc-editor.org/rfc/rfc7617
internal sealed class RestAuthenticator(AwsOptions options, Authenticator signatures)
{
    private const string BearerScheme = "Bearer ";

    public const string RegionHeader = "Weir-Region";
    private const string Scheme = "Basic ";

    public (AwsIdentity Identity, Problem? Problem) Authenticate(HttpRequest request, ReadOnlySequence<byte> body)
    {
        var (region, wrong) = ReadRegion(request);
        if (wrong is not null) return (default, wrong);
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            if (Find(authorization[Scheme.Length..]) is not { } found) return (default, Problems.Unauthorized);
            return signatures.Keys.IsSuspended(found.Account)
                ? (default, Problems.From(SigV4Errors.Suspended(found.Account)))
                : (found with { Region = region.Length > 0 ? region : options.Region }, null);
        }

        if (!signatures.Keys.IsOpen && authorization.Length == 0 && !request.Query.ContainsKey("X-Amz-Signature"))
            return (default, Problems.Unauthorized);
        var auth = signatures.Authenticate(request, body);
        if (auth.Error is { } error) return (default, Problems.From(error));
        var isSigned = auth.Identity.AccessKeyId.Length > 0;
        if (isSigned && region.Length > 0 && region != auth.Identity.Region)
            return (default, Problems.InvalidHeader(RegionHeader, "names another region than the signature."));
        return (region.Length > 0 ? auth.Identity with { Region = region } : auth.Identity, null);
    }

    /// <summary>Whose a request says it is, before anything is checked; null when it names no key.</summary>
    public string? ClaimedAccount(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return signatures.ClaimedAccount(request);
        return IdAndSecret(authorization[Scheme.Length..]) is not var (id, _) ? null
            : signatures.Keys.IsOpen ? OpenAccount(id)
            : signatures.Keys.Find(id)?.Account;
    }

    /// <summary>Finds out who asks for what only those may do who look after all tenants: by a bearer token, too.
    /// </summary>
    public async ValueTask<(AwsIdentity Identity, Problem? Problem)> AuthenticateAdminAsync(
        HttpRequest request, ReadOnlySequence<byte> body, IAdminTokens? tokens)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (tokens is null || !authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            var found = Authenticate(request, body);
            return found.Problem is null && !signatures.Keys.IsOpen && found.Identity.Key is not { IsAdmin: true }
                ? (found.Identity, Problems.NotAdmin)
                : found;
        }

        var (region, wrong) = ReadRegion(request);
        if (wrong is not null) return (default, wrong);
        var token = authorization[BearerScheme.Length..].Trim();
        var outcome = await tokens.CheckAsync(token, request.HttpContext.RequestAborted);
        if (!outcome.IsOk) return (default, Problems.From(outcome.Fault));
        if (outcome.Value is not { } known) return (default, Problems.Unauthorized);
        return known.IsAdmin
            ? (new AwsIdentity(AccessKey.AnyAccount, region.Length > 0 ? region : options.Region, "")
            {
                Bearer = known.Subject,
            }, null)
            : (default, Problems.TokenNotAdmin);
    }

    /// <summary>The region that a header names; empty when none does.</summary>
    private static (string Region, Problem? Problem) ReadRegion(HttpRequest request)
    {
        var region = request.Headers[RegionHeader].ToString();
        return region.Length == 0 || AwsOptions.IsRegion(region)
            ? (region, null)
            : ("", Problems.InvalidHeader(RegionHeader, "is no region, such as us-east-1."));
    }

    /// <summary>Null for a key that is not known and for a secret that is wrong, after the same work.</summary>
    private AwsIdentity? Find(string credentials)
    {
        if (IdAndSecret(credentials) is not var (id, secret)) return null;
        if (signatures.Keys.IsOpen) return new(OpenAccount(id), "", id);
        var key = signatures.Keys.Find(id);
        var isSecret = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)),
            SHA256.HashData(Encoding.UTF8.GetBytes(key?.Secret ?? "")));
        return isSecret && key is not null ? new AwsIdentity(key.Account, "", id) { Key = key } : null;
    }

    private static string OpenAccount(string id) => AccessKey.IsAccount(id) ? id : AccessKey.AnyAccount;

    private static (string Id, string Secret)? IdAndSecret(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials.Trim(), bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
