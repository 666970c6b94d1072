using System.Collections.Frozen;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Pipes.Operations;

namespace Weir.Protocols.Pipes;

/// <summary>Amazon EventBridge Pipes: its name on the wire and its operations.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_Operations.html
internal static class PipesService
{
    public const string Name = "pipes";

    public static AwsService Instance { get; } = new()
    {
        Prefix = "pipes",
        Throttled = PipeErrors.Throttled,
        RestName = Name,
        ShapeNamespace = "com.amazonaws.pipes",
        ResourceOf = (call, _) => call.Input[PipeMembers.ResourceArn].Text() is { } arn
            ? new AwsResource(arn, call.Identity.Account, null)
            : AwsResource.Own(call.Identity, "pipes", $"pipe/{call.Input[PipeMembers.Name].Text() ?? "*"}"),
        Denied = PipeErrors.Denied,
        Operations = new AwsOperation[]
        {
            new CreatePipeOperation(),
            new DeletePipeOperation(),
            new DescribePipeOperation(),
            new ListPipesOperation(),
            new ListTagsForResourceOperation(),
            new StartPipeOperation(),
            new StopPipeOperation(),
            new TagResourceOperation(),
            new UntagResourceOperation(),
            new UpdatePipeOperation(),
        }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal),
    };
}
