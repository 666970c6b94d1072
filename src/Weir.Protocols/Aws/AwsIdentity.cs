using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws;

/// <summary>Whom a request acts for, and where: resources live in (account, region).</summary>
/// <param name="AccessKeyId">Empty: the request named none.</param>
public readonly record struct AwsIdentity(string Account, string Region, string AccessKeyId)
{
    /// <summary>The key that it signed with; null where no keys are asked for.</summary>
    public AccessKey? Key { get; init; }

    /// <summary>False for a request that names no key; one that does is signed with it, where keys are configured.
    /// </summary>
    internal bool IsSigned => AccessKeyId is { Length: > 0 };
}
