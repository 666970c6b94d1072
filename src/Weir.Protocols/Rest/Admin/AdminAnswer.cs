using System.Text.Json;
using Weir.Broker.Audit;
using Weir.Broker.Placement;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>Writes what answers tell of tenants and keys. Secrets are not among it, but for a new one, once.</summary>
internal static class AdminAnswer
{
    public static void Write(
        Utf8JsonWriter json, string account, TenantConfig tenant, TenantPlacement placement)
    {
        json.WriteString("account", account);
        json.WriteString("name", tenant.Name);
        json.WriteBoolean("suspended", tenant.IsSuspended);
        json.WriteString("createdAt", DateTimeOffset.FromUnixTimeMilliseconds(tenant.CreatedUnixMs));
        json.WriteString("placement", TenantInput.PlacementOf(placement.IsSilo));
        if (placement.Failure is { } failure) json.WriteString("moveFailure", failure.Message);
        if (placement.Move is not { } move) return;
        json.WriteStartObject("move");
        json.WriteString("to", TenantInput.PlacementOf(move.ToSilo));
        json.WriteString("phase", JsonNamingPolicy.CamelCase.ConvertName(move.Phase.ToString()));
        json.WriteNumber("queues", move.Queues);
        json.WriteNumber("queuesMoved", move.QueuesMoved);
        json.WriteNumber("messagesMoved", move.Messages);
        json.WriteNumber("bytesMoved", move.Bytes);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string id, KeyConfig key)
    {
        json.WriteString("id", id);
        json.WriteString("tenant", key.Account);
        if (key.User is not null) json.WriteString("user", key.User);
        json.WriteBoolean("admin", key.IsAdmin);
        json.WriteBoolean("disabled", key.IsDisabled);
        json.WriteStartArray("policies");
        foreach (var policy in key.Policies ?? []) json.WriteRawValue(policy);
        json.WriteEndArray();
        json.WriteString("createdAt", DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedUnixMs));
    }

    /// <summary>Quotas and, of a tenant's, how it stands by them.</summary>
    public static void Write(Utf8JsonWriter json, string name, TenantQuotas quotas, Admission admission)
    {
        json.WriteString("name", name);
        foreach (var quota in QuotaNames.All)
        {
            if (quotas[quota] is { } max) json.WriteNumber(QuotaNames.Member(quota), max);
        }

        if (name != QuotaDirectory.Default) WriteStanding(json, admission.StandingOf(name));
    }

    public static void WriteStanding(Utf8JsonWriter json, IReadOnlyList<QuotaStanding> standing)
    {
        json.WriteStartObject("used");
        foreach (var quota in standing.Where(quota => quota.Quota is not (Quota.Requests or Quota.Bytes)))
            json.WriteNumber(Short(quota.Quota), quota.Used);
        json.WriteEndObject();
        json.WriteStartObject("throttled");
        foreach (var quota in standing) json.WriteNumber($"by{quota.Quota}", quota.Refused);
        if (standing.Max(quota => quota.Last) is { } last) json.WriteString("last", last);
        json.WriteEndObject();
        WriteAll(json, "backPressure", standing.Where(quota => quota.HeldSince is not null), (item, quota) =>
        {
            item.WriteString("quota", QuotaNames.Member(quota.Quota));
            item.WriteNumber("max", quota.Max!.Value);
            item.WriteNumber("used", quota.Used);
            item.WriteString("since", quota.HeldSince!.Value);
        });
    }

    private static string Short(Quota quota) => JsonNamingPolicy.CamelCase.ConvertName($"{quota}");

    public static void Write(Utf8JsonWriter json, long sequence, AuditEntry entry)
    {
        json.WriteNumber("sequence", sequence);
        json.WriteString("at", entry.At);
        json.WriteString("account", entry.Account);
        json.WriteString("who", entry.Who);
        json.WriteString("accessKeyId", entry.AccessKeyId);
        json.WriteString("action", entry.Action);
        json.WriteString("resource", entry.Resource);
        json.WriteString("region", entry.Region);
        json.WriteString("from", entry.From);
        json.WriteString("requestId", entry.RequestId);
    }

    /// <summary>An array of objects.</summary>
    public static void WriteAll<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
