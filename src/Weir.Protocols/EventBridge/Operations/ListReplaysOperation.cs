using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the replays of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListReplays.html
internal sealed class ListReplaysOperation : AwsOperation
{
    public override string Name => "ListReplays";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        var source = call.Input[EventMembers.EventSourceArn].Text();
        var state = call.Input[EventMembers.State].Text();
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Replays.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var replays = outcome.Value.Where(replay => replay.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (source is null || ReplayWriter.ArchiveArnOf(replay) == source)
            && (state is null || ReplayWriter.NameOf(replay.State) == state));
        page.Write(call, EventMembers.Replays, replays, replay => replay.Name, replay =>
        {
            call.Answer.BeginItem();
            ReplayWriter.Write(call, replay);
            call.Answer.EndItem();
        });
        return null;
    }
}
