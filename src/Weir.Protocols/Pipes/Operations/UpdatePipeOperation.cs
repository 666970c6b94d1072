using Weir.Broker.Pipes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Changes a pipe, all but its source; what the request does not mention stays.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_UpdatePipe.html
internal sealed class UpdatePipeOperation : AwsOperation
{
    public override string Name => "UpdatePipe";

    public override AwsRoute Route { get; } = new("PUT", "/v1/pipes/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var arn = call.Input[PipeMembers.Target].Text();
        if (call.Fault is not null) return call.Fault;
        var found = await call.Backend.Pipes.GetAsync(name);
        if (!found.IsOk) return PipeErrors.From(found.Fault);
        var target = found.Value.Target;
        if (arn is not null && arn != found.Value.TargetArn)
        {
            if (PipeTarget.Find(call, name) is not { } other) return call.Fault;
            target = other;
        }

        PipeConfig Begun(PipeConfig present) => arn is null || arn == present.TargetArn
            ? present
            : present with { TargetArn = arn, Target = target, TargetTemplate = null };

        if (PipeInput.Apply(call, Begun(found.Value)) is not { } checkedConfig) return call.Fault;
        if (await PipeTarget.CheckAsync(call, checkedConfig) is { } wrong) return wrong;
        var outcome = await call.Backend.Pipes.ConfigureAsync(name, present => PipeInput.Apply(call, Begun(present))!);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        PipeAnswer.WriteState(call, name, outcome.Value);
        return null;
    }
}
