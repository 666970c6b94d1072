using System.Globalization;
using Microsoft.Extensions.Primitives;
using Weir.Broker.Audit;
using Weir.Protocols.Rest.Admin;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Tells who changed what, in the order in which it happened.</summary>
internal sealed class ListAuditOperation : AdminOperation
{
    public override string Method => "GET";

    public override string Path => "/_weir/admin/audit";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var query = call.Context.Request.Query;
        if (!TryRead(query["after"], 0, 0, long.MaxValue, out var after)
            || !TryRead(query["max"], AuditLog.PageMax, 1, AuditLog.PageMax, out var max))
            return AdminJson.Wrong($"after is a sequence, max a number from 1 to {AuditLog.PageMax}.");
        var from = DateTimeOffset.UnixEpoch;
        if (query["from"].ToString() is { Length: > 0 } text && !DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out from))
            return AdminJson.Wrong("from is a time, such as 2026-11-26T12:00:00Z.");
        var outcome = await call.Backend.Audit.ReadAsync(after, from, (int)max);
        if (!outcome.IsOk) return Problems.From(outcome.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            AdminAnswer.WriteAll(
                json, "entries", outcome.Value, (item, one) => AdminAnswer.Write(item, one.Sequence, one.Entry));
            if (outcome.Value.Count > 0) json.WriteNumber("next", outcome.Value[^1].Sequence);
        });
        return null;
    }

    private static bool TryRead(StringValues given, long standard, long min, long max, out long number)
    {
        number = standard;
        return given.Count == 0 || (long.TryParse(
            given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number >= min && number <= max);
    }
}
