using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Removes tags of a pipe.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_UntagResource.html
internal sealed class UntagResourceOperation : AwsOperation
{
    public override string Name => "UntagResource";

    public override AwsRoute Route { get; } = new("DELETE", "/tags/{resourceArn}") { QueryLists = ["tagKeys"] };

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeTags.Named(call) is not { } name) return call.Fault;
        var keys = new List<string>();
        foreach (var item in call.Input[PipeMembers.TagKeys].Items())
        {
            if (item.Text() is { } key) keys.Add(key);
        }

        if (call.Fault is not null) return call.Fault;
        return await PipeTags.EditAsync(call, name, present => present.RemoveRange(keys));
    }
}
