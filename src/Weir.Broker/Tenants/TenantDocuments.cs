using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>Tenants and keys as definitions on disk, as JSON. Members that a later version adds have a default.
/// </summary>
internal static class TenantDocuments
{
    /// <summary>All tenants, each under its account.</summary>
    public static readonly ScopeName Tenants = new("tenants", AccessKey.AnyAccount, "", "");

    /// <summary>The keys of all tenants, each under its id: a request names nothing else.</summary>
    public static readonly ScopeName Keys = new("keys", AccessKey.AnyAccount, "", "");

    /// <summary>Quotas, each under its tenant's account.</summary>
    public static readonly ScopeName Quotas = new("quotas", AccessKey.AnyAccount, "", "");

    public static ReadOnlyMemory<byte> Write(TenantQuotas quotas) =>
        JsonSerializer.SerializeToUtf8Bytes(quotas, TenantJson.Default.TenantQuotas);

    public static TenantQuotas ReadQuotas(Definition definition) => definition.Read(static value =>
        JsonSerializer.Deserialize(value.Span, TenantJson.Default.TenantQuotas)!);

    /// <summary>The document that holds for a tenant: its own, or that of all that have none.</summary>
    public static Definition? FindQuotas(DefinitionScope scope, string account) =>
        scope.Items.GetValueOrDefault(account) ?? scope.Items.GetValueOrDefault(QuotaDirectory.Default);

    public static TenantQuotas? QuotasOf(DefinitionScope scope, string account) =>
        FindQuotas(scope, account) is { } found ? ReadQuotas(found) : null;

    public static ReadOnlyMemory<byte> Write(TenantConfig tenant) =>
        JsonSerializer.SerializeToUtf8Bytes(tenant, TenantJson.Default.TenantConfig);

    public static ReadOnlyMemory<byte> Write(KeyConfig key) =>
        JsonSerializer.SerializeToUtf8Bytes(key, TenantJson.Default.KeyConfig);

    public static TenantConfig ReadTenant(Definition definition) => definition.Read(static value =>
        JsonSerializer.Deserialize(value.Span, TenantJson.Default.TenantConfig)!);

    public static KeyConfig ReadKey(Definition definition) => definition.Read(static value =>
        JsonSerializer.Deserialize(value.Span, TenantJson.Default.KeyConfig)!);
}

// All is written, so that nothing depends on a default that a reader would give.
[JsonSerializable(typeof(TenantConfig))]
[JsonSerializable(typeof(KeyConfig))]
[JsonSerializable(typeof(TenantQuotas))]
internal sealed partial class TenantJson : JsonSerializerContext;
