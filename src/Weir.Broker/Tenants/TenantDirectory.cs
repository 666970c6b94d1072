using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>Creates, changes and finds tenants. The account of zeros is a tenant without being made one.</summary>
public sealed class TenantDirectory(Broker broker)
{
    public const int TenantsMax = 10_000;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Makes a tenant, or changes the one that is there.</summary>
    /// <param name="edit">The new one, from the present one or null. May be called more than once.</param>
    public async ValueTask<Outcome<TenantConfig>> PutAsync(
        string account, Func<TenantConfig?, Outcome<TenantConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var catalog = await ReadAsync().ConfigureAwait(false);
            if (!catalog.IsOk) return catalog.Fault;
            var present = catalog.Value.Find(TenantDocuments.Tenants, account);
            if (present is null && catalog.Value.Find(TenantDocuments.Tenants)?.Items.Count >= TenantsMax)
                return new Fault(FaultCode.InFlightLimit, $"There are {TenantsMax} tenants; delete some first.");
            var edited = edit(present is null ? null : TenantDocuments.ReadTenant(present));
            if (!edited.IsOk) return edited.Fault;
            var tenant = edited.Value;
            if (present is null)
                tenant = tenant with { CreatedUnixMs = broker.Time.GetUtcNow().ToUnixTimeMilliseconds() };
            if (tenant.IsSuspended && account == AccessKey.AnyAccount)
            {
                return new Fault(FaultCode.InvalidValue,
                    $"Tenant {account} is the operators' own and cannot be suspended.");
            }

            var outcome = await SetAsync(account, TenantDocuments.Write(tenant), present?.Revision ?? 0)
                .ConfigureAwait(false);
            if (outcome.IsOk) return tenant;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    public async ValueTask<Outcome<TenantConfig>> GetAsync(string account)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        return !catalog.IsOk ? catalog.Fault
            : Find(catalog.Value, account) is { } found ? found
            : Missing(account);
    }

    /// <summary>In the order of their accounts.</summary>
    public async ValueTask<Outcome<IReadOnlyList<(string Account, TenantConfig Tenant)>>> ListAsync()
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        return catalog.Value.Find(TenantDocuments.Tenants) is { } scope
            ? scope.Items.Select(item => (item.Key, TenantDocuments.ReadTenant(item.Value))).ToArray()
            : Array.Empty<(string, TenantConfig)>();
    }

    /// <summary>Deletes a tenant that has nothing any more: no keys, no queues, no topics, nothing.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(string account)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        if (catalog.Value.Find(TenantDocuments.Tenants, account) is not { } present) return Missing(account);
        if (catalog.Value.Find(TenantDocuments.Keys) is { } keys
            && keys.Items.Values.Any(key => TenantDocuments.ReadKey(key).Account == account))
            return StillHas(account, "access keys");
        if (account != AccessKey.AnyAccount
            && catalog.Value.Scopes.FirstOrDefault(scope => scope.Name.Account == account) is { } scope)
            return StillHas(account, scope.Name.Kind);
        var queues = await broker.ExecuteAsync(new CountQueuesCommand(account)).ConfigureAwait(false);
        if (!queues.IsOk) return queues.Fault;
        if (queues.Value > 0) return StillHas(account, $"{queues.Value} queues");
        var moved = await broker.Placements.MoveAsync(account, toSilo: false).ConfigureAwait(false);
        if (!moved.IsOk) return moved.Fault;
        return await SetAsync(account, null, present.Revision).ConfigureAwait(false);
    }

    internal static TenantConfig? Find(DefinitionCatalog catalog, string account) =>
        catalog.Find(TenantDocuments.Tenants, account) is { } found ? TenantDocuments.ReadTenant(found) : null;

    internal static Fault Missing(string account) => new(FaultCode.ResourceNotFound, $"There is no tenant {account}.");

    private static Fault StillHas(string account, string what) =>
        new(FaultCode.InvalidValue, $"Tenant {account} still has {what}: delete them first, or suspend the tenant.");

    private ValueTask<Outcome<Done>> SetAsync(string account, ReadOnlyMemory<byte>? value, long revision) =>
        broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = TenantDocuments.Tenants, Item = account, Value = value, ExpectedRevision = revision,
        }]));

    private ValueTask<Outcome<DefinitionCatalog>> ReadAsync() => broker.ReadDefinitionsAsync();
}
