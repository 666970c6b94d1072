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

    public static void Write(Utf8JsonWriter json, string name, TenantQuotas quotas, ThrottleFigures figures)
    {
        json.WriteString("name", name);
        if (quotas.RequestsPerSecond is { } requests) json.WriteNumber("requestsPerSecond", requests);
        if (quotas.BytesPerSecond is { } bytes) json.WriteNumber("bytesPerSecond", bytes);
        if (name == QuotaDirectory.Default) return;
        json.WriteStartObject("throttled");
        json.WriteNumber("byRequests", figures.ByRequests);
        json.WriteNumber("byBytes", figures.ByBytes);
        if (figures.Last is { } last) json.WriteString("last", last);
        json.WriteEndObject();
    }

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
