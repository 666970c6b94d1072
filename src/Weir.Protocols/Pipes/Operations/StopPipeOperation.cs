using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Has a pipe pass nothing on until it is started; messages wait in its source.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_StopPipe.html
internal sealed class StopPipeOperation : AwsOperation
{
    public override string Name => "StopPipe";

    public override AwsRoute Route { get; } = new("POST", "/v1/pipes/{Name}/stop");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Pipes.ConfigureAsync(name, pipe => pipe with { IsStopped = true });
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        PipeAnswer.WriteState(call, name, outcome.Value);
        return null;
    }
}
