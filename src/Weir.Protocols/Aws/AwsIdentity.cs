namespace Weir.Protocols.Aws;

/// <summary>Whom a request acts for, and where: resources live in (account, region).</summary>
public readonly record struct AwsIdentity(string Account, string Region, string AccessKeyId)
{
    /// <summary>False for a request that names no key; one that does is signed with it, where keys are configured.
    /// </summary>
    internal bool IsSigned => AccessKeyId is { Length: > 0 };
}
