namespace Weir.Protocols.Aws;

/// <summary>Whom a request acts for, and where: resources live in (account, region).</summary>
public readonly record struct AwsIdentity(string Account, string Region, string AccessKeyId);
