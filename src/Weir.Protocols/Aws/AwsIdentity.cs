using Weir.Broker.Access;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws;

/// <summary>Whom a request acts for, and where: resources live in (account, region).</summary>
/// <param name="AccessKeyId">Empty: the request named none.</param>
public readonly record struct AwsIdentity(string Account, string Region, string AccessKeyId)
{
    /// <summary>The key that it signed with; null where no keys are asked for.</summary>
    public AccessKey? Key { get; init; }

    /// <summary>Who it is by a bearer token, which opens the admin API and nothing else; null: by a key, or nobody.
    /// </summary>
    public string? Bearer { get; init; }

    /// <summary>What binds it; none: it may do all that its account may.</summary>
    internal IReadOnlyList<Policy> Policies => Key is { IsAdmin: false } ? Key.Policies : [];

    /// <summary>True for the account itself, and for those who look after all.</summary>
    internal bool IsOwner => Key is null or { User: null } or { IsAdmin: true };

    /// <summary>False for a request that names no key; one that does is signed with it, where keys are configured.
    /// </summary>
    internal bool IsSigned => AccessKeyId is { Length: > 0 };
}
