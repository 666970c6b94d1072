using Weir.Broker.Tenants;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Protocols.Aws;

/// <summary>What the Amazon protocols let a user set.</summary>
public sealed record AwsOptions
{
    /// <summary>
    /// The access keys by their id. Empty: signatures are not verified and any credentials, or none, are taken; the
    /// server allows that on loopback only, unless told otherwise.
    /// </summary>
    public IReadOnlyDictionary<string, AccessKey> Keys { get; init; } = new Dictionary<string, AccessKey>();

    /// <summary>The region of a request whose credentials name none.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The base of queue URLs, for a server behind a proxy. Null: the request's scheme and host.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// The longest request body that is taken, in bytes. A batch carries at most 1 MiB of message, which JSON escapes
    /// or percent signs can make six times as long; the rest is room for names and attributes.
    /// </summary>
    public int RequestBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes of the large request bodies that are under way at once, of all connections; one more is throttled. At
    /// least <see cref="RequestBytesMax"/>.
    /// </summary>
    public long BodiesBytesMax { get; init; } = 256L << 20;

    /// <summary>Lower-case letters, digits and hyphens, at most 64: a region becomes part of names and ARNs.</summary>
    public static bool IsRegion(string region) => CredentialScope.IsName(region);
}
