using Weir.Broker.Pipes;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Pipes.Operations;

/// <summary>Lists the pipes of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_ListPipes.html
internal sealed class ListPipesOperation : AwsOperation
{
    private const int ItemsMax = 100;

    public override string Name => "ListPipes";

    public override AwsRoute Route { get; } = new("GET", "/v1/pipes");

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var input = call.Input;
        var prefix = input[PipeMembers.NamePrefix].Text() ?? "";
        var source = input[PipeMembers.SourcePrefix].Text() ?? "";
        var target = input[PipeMembers.TargetPrefix].Text() ?? "";
        var (desired, current) = (input[PipeMembers.DesiredState].Text(), input[PipeMembers.CurrentState].Text());
        var (limit, token) = (input[PipeMembers.Limit].Integer() ?? ItemsMax, input[PipeMembers.NextToken].Text());
        if (call.Fault is not null) return call.Fault;
        if (limit is < 1 or > ItemsMax) return PipeErrors.Invalid($"Limit is from 1 to {ItemsMax}.");
        if (ListPage.Parse(token, limit) is not { } page)
            return PipeErrors.Invalid("The NextToken is no token that a listing gave.");
        var outcome = await call.Backend.Pipes.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return PipeErrors.From(outcome.Fault);
        var found = outcome.Value.Where(pipe => pipe.Name.StartsWith(prefix, StringComparison.Ordinal)
            && pipe.Config.SourceArn.StartsWith(source, StringComparison.Ordinal)
            && pipe.Config.TargetArn.StartsWith(target, StringComparison.Ordinal)
            && IsIn(pipe.Config, desired) && IsIn(pipe.Config, current));
        page.Write(call.Answer, PipeMembers.Pipes, PipeMembers.NextToken, found, pipe => pipe.Name, pipe =>
        {
            var name = new PipeName(call.Identity.Account, call.Identity.Region, pipe.Name);
            call.Answer.BeginItem();
            PipeAnswer.WriteState(call, name, pipe.Config);
            PipeAnswer.WriteEnds(call, name, pipe.Config);
            call.Answer.EndItem();
        });
        return null;
    }

    private static bool IsIn(PipeConfig pipe, string? state) =>
        state is null || state == (pipe.IsStopped ? "STOPPED" : "RUNNING");
}
