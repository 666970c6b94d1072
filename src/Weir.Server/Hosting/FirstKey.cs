using Weir.Broker.Tenants;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>Makes an admin key where other machines can reach a server that has no key yet.</summary>
internal static class FirstKey
{
    private const string User = "admin";

    /// <returns>The key, with the secret that is shown once; null when none was needed.</returns>
    /// <exception cref="KeyFileException">It could not be stored.</exception>
    public static async Task<AccessKey?> MakeAsync(Broker.Broker broker, KeyRing ring, ServerOptions options)
    {
        if (options.IsLoopback || options.Insecure || !ring.IsOpen) return null;
        using var keys = new KeyDirectory(broker, ring);
        var made = await keys.CreateAsync(AccessKey.AnyAccount, User, isAdmin: true);
        return made.IsOk
            ? made.Value
            : throw new KeyFileException($"The first access key could not be made: {made.Fault.Message}");
    }
}
