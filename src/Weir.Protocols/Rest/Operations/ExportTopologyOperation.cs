using System.Text;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Topology;
using Weir.Protocols.Rest.Topology.Yaml;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Writes what all tenants, or one, have in a region as a document that can be applied. Without secrets.
/// </summary>
internal sealed class ExportTopologyOperation : AdminOperation
{
    private const string Json = "application/json";

    public override string Method => "GET";

    public override string Path => "/_weir/admin/topology";

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var query = call.Context.Request.Query;
        var (tenant, region) = (query["tenant"].ToString(), query["region"].ToString());
        if (tenant.Length > 0 && !AccessKey.IsAccount(tenant)) return InvalidAccount;
        if (region.Length == 0) region = call.Identity.Region;
        if (!AwsOptions.IsRegion(region)) return AdminJson.Wrong($"{region} is no region, such as us-east-1.");
        var road = new TopologyRoad(call.Backend.Aws, call.Backend, call.Identity, call.Context.Request, region);
        var accounts = tenant.Length > 0 ? [tenant] : await AccountsAsync(call);
        var document = await TopologyExport.MakeAsync(road, accounts, withDefaults: tenant.Length == 0);
        if (road.Refusal is { } refusal)
            return new Problem(409, "topology-refused", "Not all could be read", refusal);
        var isJson = call.Context.Request.Headers.Accept.ToString().Contains(Json, StringComparison.OrdinalIgnoreCase);
        await RestAnswer.WriteAsync(
            call.Context, 200, isJson ? Json : "application/yaml",
            Encoding.UTF8.GetBytes(isJson ? document.ToJsonString() : YamlWriter.Write(document)));
        return null;
    }

    private static async ValueTask<string[]> AccountsAsync(RestCall call)
    {
        var tenants = await call.Backend.Tenants.ListAsync();
        var accounts = tenants.IsOk ? tenants.Value.Select(tenant => tenant.Account) : [];
        return [.. accounts.Append(AccessKey.AnyAccount).Distinct().Order(StringComparer.Ordinal)];
    }
}
