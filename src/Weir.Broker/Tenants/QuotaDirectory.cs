using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>Sets and finds the quotas of tenants, and those of all tenants that have none of their own.</summary>
public sealed class QuotaDirectory(Broker broker)
{
    /// <summary>What names the quotas of all tenants that have none of their own.</summary>
    public const string Default = "default";

    public static bool IsName(string name) => name == Default || AccessKey.IsAccount(name);

    /// <summary>Sets quotas; they hold for the next request.</summary>
    public async ValueTask<Outcome<Done>> PutAsync(string name, TenantQuotas quotas)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        if (catalog.Value.Find(TenantDocuments.Quotas, name) is null
            && catalog.Value.Find(TenantDocuments.Quotas)?.Items.Count > TenantDirectory.TenantsMax)
            return new Fault(FaultCode.InFlightLimit, "There are as many quotas as there may be tenants.");
        return await SetAsync(name, TenantDocuments.Write(quotas)).ConfigureAwait(false);
    }

    /// <summary>Takes a tenant's own quotas away: the default ones hold for it.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(string name)
    {
        var found = await GetAsync(name).ConfigureAwait(false);
        return found.IsOk ? await SetAsync(name, null).ConfigureAwait(false) : found.Fault;
    }

    public async ValueTask<Outcome<TenantQuotas>> GetAsync(string name)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        return catalog.Value.Find(TenantDocuments.Quotas, name) is { } found
            ? TenantDocuments.ReadQuotas(found)
            : new Fault(FaultCode.ResourceNotFound, $"There are no quotas of {name}.");
    }

    /// <summary>In the order of their names, the default ones last.</summary>
    public async ValueTask<Outcome<IReadOnlyList<(string Name, TenantQuotas Quotas)>>> ListAsync()
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        return catalog.Value.Find(TenantDocuments.Quotas) is { } scope
            ? scope.Items.Select(item => (item.Key, TenantDocuments.ReadQuotas(item.Value))).ToArray()
            : Array.Empty<(string, TenantQuotas)>();
    }

    private ValueTask<Outcome<Done>> SetAsync(string name, ReadOnlyMemory<byte>? value) =>
        broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = TenantDocuments.Quotas, Item = name, Value = value,
        }]));

    private ValueTask<Outcome<DefinitionCatalog>> ReadAsync() => broker.ReadDefinitionsAsync(AccessKey.AnyAccount);
}
