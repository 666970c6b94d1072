using Weir.Broker.Buses;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
using Weir.Broker.Topics;
using Weir.Engine.Accounts;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>Tenants' quotas as the engine takes them. A change holds for the next command.</summary>
/// <remarks>Owned by the shard's thread.</remarks>
internal sealed class TenantLimits(Broker broker)
{
    /// <summary>Tenants whose limits are kept ready.</summary>
    private const int KeptMax = 20_000;

    private readonly Dictionary<string, AccountLimits?> _kept = new(StringComparer.Ordinal);
    private DefinitionCatalog? _catalog;
    private DefinitionScope? _scope;

    /// <summary>Null: the account is held to nothing.</summary>
    public AccountLimits? Of(string account)
    {
        var catalog = broker.Definitions;
        if (!ReferenceEquals(catalog, _catalog))
        {
            var scope = catalog.Find(TenantDocuments.Quotas);
            if (!ReferenceEquals(scope, _scope)) _kept.Clear();
            (_catalog, _scope) = (catalog, scope);
        }

        if (_scope is null) return null;
        if (_kept.TryGetValue(account, out var limits)) return limits;
        if (_kept.Count >= KeptMax) _kept.Clear();
        return _kept[account] = TenantDocuments.QuotasOf(_scope, account) is { } quotas ? From(quotas) : null;
    }

    /// <summary>Where the engine counts what it refuses for a quota; null: it does not know it.</summary>
    public static int? SlotOf(Quota quota) => quota switch
    {
        Quota.Messages => AccountUse.MessagesSlot,
        Quota.BytesStored => AccountUse.BytesSlot,
        Quota.InFlight => AccountUse.InFlightSlot,
        Quota.Queues => AccountUse.QueuesSlot,
        Quota.Topics or Quota.Rules or Quota.Schedules or Quota.Pipes =>
            AccountUse.DefinitionSlots + (quota - Quota.Topics),
        _ => null,
    };

    /// <summary>What of a quota an account has.</summary>
    public static long UsedOf(Quota quota, AccountUse use) => quota switch
    {
        Quota.Messages => use.Messages,
        Quota.BytesStored => use.Bytes,
        Quota.InFlight => use.InFlight,
        Quota.Queues => use.Queues,
        _ => Counted(quota) is var (kind, isNamed) ? use.DefinitionsOf(kind, isNamed) : 0,
    };

    private static AccountLimits? From(TenantQuotas quotas)
    {
        var definitions = new List<DefinitionLimit>();
        for (var quota = Quota.Topics; quota <= Quota.Pipes; quota++)
        {
            if (quotas[quota] is not { } max || Counted(quota) is not var (kind, isNamed)) continue;
            definitions.Add(new DefinitionLimit(
                SlotOf(quota)!.Value, kind, isNamed, (long)max, QuotaNames.Words(quota)));
        }

        var limits = new AccountLimits
        {
            MessagesMax = quotas.MessagesMax,
            BytesMax = quotas.BytesStoredMax,
            InFlightMax = quotas.InFlightMax,
            QueuesMax = quotas.QueuesMax,
            Definitions = definitions,
        };
        var isNone = limits is { MessagesMax: null, BytesMax: null, InFlightMax: null, QueuesMax: null }
            && definitions.Count == 0;
        return isNone ? null : limits;
    }

    /// <summary>The definitions that a quota counts. Those of a whole scope stand under an empty name.</summary>
    private static (string Kind, bool IsNamed)? Counted(Quota quota) => quota switch
    {
        Quota.Topics => (TopicName.ScopeKind, false),
        Quota.Rules => (BusName.ScopeKind, true),
        Quota.Schedules => (ScheduleGroupName.ScopeKind, true),
        Quota.Pipes => (PipeName.ScopeKind, true),
        _ => null,
    };
}
