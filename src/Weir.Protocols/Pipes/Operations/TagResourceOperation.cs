using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Sets tags of a pipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_TagResource.html
internal sealed class TagResourceOperation : AwsOperation
{
    public override string Name => "TagResource";

    public override AwsRoute Route { get; } = new("POST", "/tags/{resourceArn}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeTags.Named(call) is not { } name) return call.Fault;
        if (PipeTags.Read(call, PipeMembers.TagList) is not { } tags) return call.Fault;
        return await PipeTags.EditAsync(call, name, present => present.SetItems(tags));
    }
}
