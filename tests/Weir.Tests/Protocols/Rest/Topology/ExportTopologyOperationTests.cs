using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Yaml;
using Xunit;

namespace Weir.Tests.Protocols.Rest.Topology;

public sealed class ExportTopologyOperationTests
{
    [Fact]
    public async Task An_export_of_everything_says_what_was_applied_and_makes_the_same_elsewhere()
    {
        await using var first = new TopologyScene();
        await using var second = new TopologyScene();
        await first.ChangesAsync(TopologyScene.Everything);
        var export = await first.ExportAsync();

        Assert.Equal(Json(TopologyScene.Everything), Json(export));
        Assert.Empty(await first.ChangesAsync(export));
        Assert.NotEmpty(await second.ChangesAsync(export));
        Assert.Equal(export, await second.ExportAsync());
        Assert.Empty(await second.ChangesAsync(export, "?prune=true"));
    }

    [Fact]
    public async Task A_secret_is_in_no_export()
    {
        await using var scene = new TopologyScene();
        var reply = await scene.ApplyAsync(TopologyScene.Everything);
        Assert.DoesNotContain("hush", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_is_asked_for_is_exported_alone_and_JSON_when_that_is_asked_for()
    {
        await using var scene = new TopologyScene();
        await scene.ChangesAsync("queues: [{name: a, DelaySeconds: 5}]");

        var reply = await scene.Rest.GetAsync(
            "/_weir/admin/topology?tenant=000000000000", ("Accept", "application/json"));
        var queue = reply.Json["tenants"]![0]!["queues"]![0]!;
        Assert.Equal(("a", 5), (queue["name"]!.ToString(), queue["DelaySeconds"]!.GetValue<int>()));
        Assert.Equal(400, (await scene.Rest.GetAsync("/_weir/admin/topology?tenant=me")).Status);
    }

    private static string Json(string yaml) => Sorted(YamlReader.Read(yaml).Node!.ToJson())!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
