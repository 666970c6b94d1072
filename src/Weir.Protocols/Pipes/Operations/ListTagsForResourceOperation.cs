using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Lists the tags of a pipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_ListTagsForResource.html
internal sealed class ListTagsForResourceOperation : AwsOperation
{
    public override string Name => "ListTagsForResource";

    public override AwsRoute Route { get; } = new("GET", "/tags/{resourceArn}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeTags.Named(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Pipes.GetAsync(name);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        call.Answer.BeginMap(PipeMembers.TagList);
        foreach (var (key, value) in outcome.Value.Tags) call.Answer.Entry(key, value);
        call.Answer.EndMap();
        return null;
    }
}
