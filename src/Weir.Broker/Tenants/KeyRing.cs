using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Access;
using Weir.Broker.Secrets;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>
/// The access keys that count now: those of the server's options and those in the journal. Any thread may ask; a key
/// that was disabled counts no more once the change is acknowledged.
/// </summary>
public sealed partial class KeyRing
{
    private readonly Broker? _broker;
    private readonly IReadOnlyDictionary<string, AccessKey> _configured;
    private readonly ILogger _log;
    private volatile Ring _ring;

    /// <summary>A ring that only ever has these keys.</summary>
    public KeyRing(IReadOnlyDictionary<string, AccessKey> configured)
    {
        (_configured, _log) = (configured, NullLogger.Instance);
        _ring = Ring.Empty(configured);
    }

    /// <param name="configured">Keys of the server's options, by their id; they go before those in the journal.
    /// </param>
    public KeyRing(Broker broker, IReadOnlyDictionary<string, AccessKey> configured, ILogger<KeyRing> log)
    {
        (_broker, _configured, _log) = (broker, configured, log);
        _ring = Ring.Empty(configured);
    }

    /// <summary>True: there is no key, so anybody is taken for whoever they say they are.</summary>
    public bool IsOpen => Current().Keys.Count == 0;

    /// <summary>Null when it is not known, or disabled.</summary>
    public AccessKey? Find(string id) => Current().Keys.GetValueOrDefault(id);

    /// <summary>True for a tenant for which nobody may sign.</summary>
    public bool IsSuspended(string account) => Current().Suspended.Contains(account);

    /// <summary>Whether a key other than this one could still use the admin API.</summary>
    internal bool HasAdminBeside(string id) => HasAdmin(Current(), key => key.Id != id);

    /// <summary>Whether a key of another tenant could use the admin API while this one is suspended.</summary>
    public bool HasAdminOutside(string account) => HasAdmin(Current(), key => key.Account != account);

    internal bool IsConfigured(string id) => _configured.ContainsKey(id);

    private static bool HasAdmin(Ring ring, Func<AccessKey, bool> isMeant) => ring.Keys.Values.Any(
        key => key.IsAdmin && !ring.Suspended.Contains(key.Account) && isMeant(key));

    private Ring Current()
    {
        var ring = _ring;
        if (_broker?.Definitions is not { } catalog || ReferenceEquals(ring.Catalog, catalog)) return ring;
        var (keys, tenants) = (catalog.Find(TenantDocuments.Keys), catalog.Find(TenantDocuments.Tenants));
        return _ring = ring with
        {
            Catalog = catalog,
            KeyScope = keys,
            TenantScope = tenants,
            Keys = ReferenceEquals(keys, ring.KeyScope) ? ring.Keys : Open(keys, _broker.Secrets),
            Suspended = ReferenceEquals(tenants, ring.TenantScope) ? ring.Suspended : SuspendedIn(tenants),
        };
    }

    // All of them are opened at once, so that no request takes longer because its key is known.
    private FrozenDictionary<string, AccessKey> Open(DefinitionScope? scope, SecretVault vault)
    {
        var open = new Dictionary<string, AccessKey>(_configured, StringComparer.Ordinal);
        foreach (var (id, definition) in scope?.Items ?? ImmutableSortedDictionary<string, Definition>.Empty)
        {
            var key = TenantDocuments.ReadKey(definition);
            if (key.IsDisabled || open.ContainsKey(id)) continue;
            var box = vault.Box;
            var secret = box.IsOk ? box.Value.Open(key.SealedSecret, KeyDirectory.OwnerOf(id)) : box.Fault;
            var policies = PoliciesOf(key);
            if (secret.IsOk && policies.IsOk)
            {
                open.Add(id, new AccessKey(id, secret.Value, key.Account)
                {
                    User = key.User, IsAdmin = key.IsAdmin, Policies = policies.Value,
                });
            }
            else
            {
                LogUnreadable(id, (secret.Fault ?? policies.Fault)!.Message);
            }
        }

        return open.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // A key that is bound by what cannot be read must not come out free.
    private static Outcome<IReadOnlyList<Policy>> PoliciesOf(KeyConfig key)
    {
        var policies = new List<Policy>();
        foreach (var text in key.Policies ?? [])
        {
            var policy = Policy.Parse(text, PolicyScope.Identity);
            if (!policy.IsOk) return policy.Fault;
            policies.Add(policy.Value);
        }

        return policies;
    }

    private static FrozenSet<string> SuspendedIn(DefinitionScope? scope) => scope is null
        ? []
        : scope.Items.Where(item => TenantDocuments.ReadTenant(item.Value).IsSuspended).Select(item => item.Key)
            .ToFrozenSet(StringComparer.Ordinal);

    [LoggerMessage(LogLevel.Error, "The access key {Id} is refused: {Reason}")]
    private partial void LogUnreadable(string id, string reason);

    private sealed record Ring(
        DefinitionCatalog? Catalog, DefinitionScope? KeyScope, DefinitionScope? TenantScope,
        FrozenDictionary<string, AccessKey> Keys, FrozenSet<string> Suspended)
    {
        public static Ring Empty(IReadOnlyDictionary<string, AccessKey> configured) =>
            new(null, null, null, configured.ToFrozenDictionary(StringComparer.Ordinal), []);
    }
}
