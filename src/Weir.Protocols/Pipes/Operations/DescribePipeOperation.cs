using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Tells what a pipe is, and why it passes nothing on if it does not.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DescribePipe.html
internal sealed class DescribePipeOperation : AwsOperation
{
    public override string Name => "DescribePipe";

    public override AwsRoute Route { get; } = new("GET", "/v1/pipes/{Name}");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PipeInput.Name(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Pipes.GetAsync(name);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        var pipe = outcome.Value;
        PipeAnswer.WriteState(call, name, pipe);
        PipeAnswer.WriteEnds(call, name, pipe);
        if (pipe.Description is { } description) call.Answer.Text(PipeMembers.Description, description);
        call.Answer.Text(PipeMembers.RoleArn, pipe.RoleArn);
        PipeAnswer.WriteParameters(call, pipe);
        PipeEnrichment.Write(call.Answer, pipe);
        call.Answer.BeginMap(PipeMembers.Tags);
        foreach (var (key, value) in pipe.Tags) call.Answer.Entry(key, value);
        call.Answer.EndMap();
        return null;
    }
}
