using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// Reads who a request says it is, and believes it: the way of a server without keys. A twelve-digit access key id is
/// the account itself, so that two tenants can be tried on one machine; any other, and none, is the account of zeros.
/// </summary>
internal sealed class CredentialReader(AwsOptions options)
{
    private readonly AwsIdentity _anonymous = new(AccessKey.AnyAccount, options.Region, "");
    private readonly CredentialCache<Entry> _cache = new();

    public AwsIdentity Read(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count == 1) return Read(AuthorizationHeader.FindCredential(authorization[0]));
        if (!request.QueryString.HasValue) return _anonymous;
        return Read(PresignedQuery.FindCredential(RequestTarget.Of(request)));
    }

    private AwsIdentity Read(ReadOnlySpan<char> credential)
    {
        if (credential.IsEmpty) return _anonymous;
        if (_cache.Find(credential) is { } known) return known.Identity;
        if (!CredentialScope.TryParse(credential, out var scope)) return _anonymous;

        var id = scope.AccessKeyId.ToString();
        var account = AccessKey.IsAccount(id) ? id : AccessKey.AnyAccount;
        var identity = new AwsIdentity(account, scope.Region.ToString(), id);
        _cache.Add(credential, new Entry(identity));
        return identity;
    }

    private sealed record Entry(AwsIdentity Identity);
}
