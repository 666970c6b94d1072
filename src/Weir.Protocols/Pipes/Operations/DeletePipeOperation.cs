using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Deletes a pipe. Its source and its target stay as they are.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DeletePipe.html
internal sealed class DeletePipeOperation : AwsOperation
{
    public override string Name => "DeletePipe";

    public override AwsRoute Route { get; } = new("DELETE", "/v1/pipes/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Pipes.DeleteAsync(name);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        PipeAnswer.WriteState(call, name, outcome.Value, "DELETING");
        return null;
    }
}
