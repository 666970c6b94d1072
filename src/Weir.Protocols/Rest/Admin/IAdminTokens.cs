using Weir.Engine;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a bearer token says of whoever sent it.</summary>
/// <param name="Subject">Who it is, for the audit log.</param>
/// <param name="IsAdmin">True: the admin API is open to them.</param>
public sealed record AdminToken(string Subject, bool IsAdmin);

/// <summary>Checks the bearer tokens that somebody else issues.</summary>
public interface IAdminTokens
{
    /// <returns>Null for a token that is not valid, whatever is wrong with it; a fault when that cannot be told now.
    /// </returns>
    ValueTask<Outcome<AdminToken?>> CheckAsync(string token, CancellationToken cancelled);
}
