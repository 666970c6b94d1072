using Weir.Broker.Audit;
using Weir.Broker.Tenants;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>Makes an admin key where other machines can reach a server that has no key yet.</summary>
internal static class FirstKey
{
    private const string User = "admin";

    /// <returns>The key, with the secret that is shown once; null when none was needed.</returns>
    /// <exception cref="KeyFileException">It could not be stored.</exception>
    public static async Task<AccessKey?> MakeAsync(
        Broker.Broker broker, KeyRing ring, ServerOptions options, ILogger log)
    {
        if (options.IsLoopback || options.Insecure || !ring.IsOpen) return null;
        using var keys = new KeyDirectory(broker, ring);
        var made = await keys.CreateAsync(AccessKey.AnyAccount, User, isAdmin: true);
        if (!made.IsOk)
            throw new KeyFileException($"The first access key could not be made: {made.Fault.Message}");
        await new AuditLog(broker, log).WriteAsync(new AuditEntry
        {
            At = broker.Time.GetUtcNow(),
            Account = AccessKey.AnyAccount,
            Who = "the server's first start beyond loopback",
            Action = "weir:CreateKey",
            Resource = made.Value.Id,
        });
        return made.Value;
    }
}
