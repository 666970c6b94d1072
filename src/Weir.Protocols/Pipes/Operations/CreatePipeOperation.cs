using Weir.Broker.Pipes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Creates a pipe, which runs at once unless it is to be stopped.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html
internal sealed class CreatePipeOperation : AwsOperation
{
    public override string Name => "CreatePipe";

    public override AwsRoute Route { get; } = new("POST", "/v1/pipes/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var source = call.Input[PipeMembers.Source].Text();
        if (PipeTags.Read(call, PipeMembers.Tags) is not { } tags) return call.Fault;
        if (QueueArn.Parse(source) is not { } queue)
            return PipeErrors.Unserved($"the source {source}", "the source of a pipe is a queue.");
        if ((queue.Account, queue.Region) != (call.Identity.Account, call.Identity.Region))
            return PipeErrors.Invalid($"{source} is in another account or region than the request's credentials.");
        if (PipeTarget.Find(call, name) is not { } target) return call.Fault;
        var begun = new PipeConfig
        {
            Arn = PipeArn.Write(name),
            SourceArn = source!,
            Source = queue,
            TargetArn = call.Input[PipeMembers.Target].Text()!,
            Target = target,
            RoleArn = "",
            Tags = tags,
        };
        if (PipeInput.Apply(call, begun) is not { } config) return call.Fault;
        if (await PipeTarget.CheckAsync(call, config) is { } wrong) return wrong;
        var outcome = await call.Backend.Pipes.CreateAsync(name, config);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        PipeAnswer.WriteState(call, name, outcome.Value);
        return null;
    }
}
