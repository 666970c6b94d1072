using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what a replay is like and how far it has got.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeReplay.html
internal sealed class DescribeReplayOperation : AwsOperation
{
    public override string Name => "DescribeReplay";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Replay(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Replays.GetAsync(call.Identity.Account, call.Identity.Region, name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var replay = outcome.Value;
        call.Answer.Text(EventMembers.ReplayArn, ReplayWriter.ArnOf(replay));
        ReplayWriter.Write(call, replay);
        if (replay.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        call.Answer.BeginMap(EventMembers.Destination);
        call.Answer.Text(EventMembers.Arn, EventArn.Write(replay.Bus!));
        call.Answer.BeginList(EventMembers.FilterArns);
        foreach (var arn in replay.RuleArns) call.Answer.Item(arn);
        call.Answer.EndList();
        call.Answer.EndMap();
        return null;
    }
}
