using System.Text.Json.Nodes;
using Weir.Protocols.Rest.Topology.Shapes;

namespace Weir.Protocols.Rest.Topology.Kinds;

/// <summary>Pipes, by the members of CreatePipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html
internal sealed class PipeKind : AwsKind
{
    public PipeKind()
        : base("pipe", "pipes", "pipes", "Pipe", Shape.Struct(
        [
            .. Shape.Arn("Source", "source", ArnNames.Queue),
            .. Shape.Arn("Target", "target", ArnNames.Queue, ArnNames.Topic, ArnNames.Bus),
            .. Shape.Arn("Enrichment", "enrichment", ArnNames.ApiDestination),
            .. Shape.All(Shape.Text, "Description", "DesiredState", "RoleArn"),
            ("SourceParameters", Shape.Struct(
                ("SqsQueueParameters", Shape.Struct(
                    Shape.All(Shape.Number, "BatchSize", "MaximumBatchingWindowInSeconds"))),
                ("FilterCriteria", Shape.Struct(
                    ("Filters", Shape.ListOf(Shape.Struct(("Pattern", Shape.Document)))))))),
            ("EnrichmentParameters", Shape.Struct(("InputTemplate", Shape.Text), ("HttpParameters", TargetKind.Http))),
            ("TargetParameters", Shape.Struct(
                ("InputTemplate", Shape.Text),
                ("SqsQueueParameters", Shape.Struct(
                    Shape.All(Shape.Text, "MessageGroupId", "MessageDeduplicationId"))),
                ("EventBridgeEventBusParameters", Shape.Struct(
                    ("DetailType", Shape.Text), ("Source", Shape.Text), ("Resources", Shape.ListOf(Shape.Text)))))),
            (TagCalls.Member, Shape.TextMap),
        ]) with
        {
            Required = ["Source", "Target", "RoleArn"],
        })
    {
        Tags = TagCalls.Pipes;
        FixedMembers = ["Source", "sourceQueue"];
        Defaults = new JsonObject
        {
            ["Description"] = "", ["DesiredState"] = "RUNNING", [TagCalls.Member] = new JsonObject(),
            ["SourceParameters"] = new JsonObject(), ["TargetParameters"] = new JsonObject(),
            ["EnrichmentParameters"] = new JsonObject(),
        };
    }

    /// <summary>What is answered of the parameters of a pipe that has none.</summary>
    protected override JsonObject Shown(JsonObject wire)
    {
        if (wire["SourceParameters"]?["SqsQueueParameters"] is JsonObject queue
            && queue["BatchSize"]?.GetValue<int>() == BatchSizeDefault
            && queue["MaximumBatchingWindowInSeconds"]?.GetValue<int>() == 0)
            wire["SourceParameters"]!.AsObject().Remove("SqsQueueParameters");
        return wire;
    }

    // https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeSourceSqsQueueParameters.html
    private const int BatchSizeDefault = 10;
}
