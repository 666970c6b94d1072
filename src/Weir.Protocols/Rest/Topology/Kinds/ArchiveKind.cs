using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Archives of a bus, by the members of CreateArchive.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
internal sealed class ArchiveKind : AwsKind
{
    private readonly TopologyKind _buses;

    public ArchiveKind(TopologyKind buses)
        : base("archive", "archives", "events", "Archive", Shape.Struct(
            ("Description", Shape.Text), ("EventPattern", Shape.Document), ("RetentionDays", Shape.Number)))
    {
        _buses = buses;
        NameMember = "ArchiveName";
        Count = "EventCount";
        Defaults = new JsonObject { ["RetentionDays"] = 0 };
    }

    public override TopologyKind Parent => _buses;

    protected override bool IsIn(JsonNode listed, TopologyItem? parent, TopologyRoad road) =>
        listed["EventSourceArn"]!.ToString() == ArnNames.Write(
            ArnNames.Bus, parent!.Account, road.Region, parent.Name);

    protected override async ValueTask<JsonObject> InputAsync(TopologyRoad road, TopologyItem item)
    {
        var input = await base.InputAsync(road, item);
        input["EventSourceArn"] = ArnNames.Write(ArnNames.Bus, item.Account, road.Region, item.Parent!.Name);
        return input;
    }
}
