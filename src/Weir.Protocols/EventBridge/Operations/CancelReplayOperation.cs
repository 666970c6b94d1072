using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Cancels a replay: once this is answered, it publishes nothing more.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CancelReplay.html
internal sealed class CancelReplayOperation : AwsOperation
{
    public override string Name => "CancelReplay";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Replay(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Replays.CancelAsync(call.Identity.Account, call.Identity.Region, name);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        call.Backend.OnReplaysChanged?.Invoke();
        ReplayWriter.WriteState(call, outcome.Value);
        return null;
    }
}
