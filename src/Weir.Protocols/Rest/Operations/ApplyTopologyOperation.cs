using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Admin;
using Weir.Protocols.Rest.Topology;

namespace Weir.Protocols.Rest.Operations;

/// <summary>
/// Makes what a document in YAML or JSON says, as far as it is not so yet, or tells what would have to be done.
/// </summary>
internal sealed class ApplyTopologyOperation : AdminOperation
{
    /// <summary>What variables are in: base64 of a JSON object of texts. Secrets are not in documents.</summary>
    private const string Variables = "Variables";

    public override string Method => "POST";

    public override string Path => "/_weir/admin/topology";

    public override IReadOnlyList<string> Headers { get; } = [Variables];

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        var flags = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in (string[])["dryRun", "prune", "pruneWithMessages"])
        {
            var given = call.Context.Request.Query[name].ToString();
            if (given is not ("" or "true" or "false")) return AdminJson.Wrong($"{name} is true or false.");
            flags[name] = given == "true";
        }

        if (ReadVariables(call) is not { } variables)
            return Problems.InvalidHeader(HeaderPrefix + Variables, "is base64 of a JSON object of texts.");
        var text = Encoding.UTF8.GetString(call.Body.Span);
        var (document, fault) = TopologyReader.Read(text, call.Identity.Account, call.Identity.Region, variables);
        if (document is null) return Problems.Invalid("invalid-topology", fault!.ToString());
        await call.Backend.OneTopology.WaitAsync(call.Context.RequestAborted);
        try
        {
            var road = new TopologyRoad(
                call.Backend.Aws, call.Backend, call.Identity, call.Context.Request, document.Region);
            var changes = await TopologyPlan.MakeAsync(
                road, document, document.IsPruning || flags["prune"], flags["pruneWithMessages"]);
            var failed = flags["dryRun"] || road.Refusal is not null
                ? null
                : await TopologyRun.ApplyAsync(road, changes);
            await AnswerAsync(call, road, changes, failed, flags["dryRun"]);
            return null;
        }
        finally
        {
            call.Backend.OneTopology.Release();
        }
    }

    /// <summary>What was made before a refusal is told, too: secrets among it are told this once.</summary>
    private static async ValueTask AnswerAsync(
        RestCall call, TopologyRoad road, IReadOnlyList<TopologyChange> changes, TopologyChange? failed, bool isDryRun)
    {
        if (road.Refusal is null)
        {
            await RestAnswer.WriteAsync(call.Context, 200, json =>
            {
                json.WriteBoolean("dryRun", isDryRun);
                TopologyAnswer.Write(json, changes);
            });
            return;
        }

        var problem = new Problem(
            409, "topology-refused", "Not all of the topology could be applied",
            TopologyAnswer.Detail(road, failed, changes));
        await RestAnswer.WriteAsync(call.Context, problem, json => TopologyAnswer.Write(json, changes));
    }

    private static Dictionary<string, string>? ReadVariables(RestCall call)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (call.Header(HeaderPrefix + Variables) is not { } header) return variables;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header, bytes, out var length)) return null;
        try
        {
            if (JsonNode.Parse(bytes.AsSpan(0, length)) is not JsonObject given) return null;
            foreach (var (name, value) in given)
            {
                if (value?.GetValueKind() != JsonValueKind.String) return null;
                variables[name] = value.GetValue<string>();
            }

            return variables;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
