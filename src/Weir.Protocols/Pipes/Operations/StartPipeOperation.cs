using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Has a pipe pass messages on.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_StartPipe.html
internal sealed class StartPipeOperation : AwsOperation
{
    public override string Name => "StartPipe";

    public override AwsRoute Route { get; } = new("POST", "/v1/pipes/{Name}/start");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Pipes.ConfigureAsync(name, pipe => pipe with { IsStopped = false });
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        PipeAnswer.WriteState(call, name, outcome.Value);
        return null;
    }
}
