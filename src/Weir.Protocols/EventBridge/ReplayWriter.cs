using Weir.Broker.Archives;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes replays as the operations answer them.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Replay.html
internal static class ReplayWriter
{
    private const int ReasonLengthMax = 512;

    /// <summary>What starting and cancelling answer.</summary>
    public static void WriteState(AwsCall call, ReplayConfig replay)
    {
        call.Answer.Text(EventMembers.ReplayArn, ArnOf(replay));
        WriteStateAlone(call, replay);
    }

    /// <summary>What listing answers of each.</summary>
    public static void Write(AwsCall call, ReplayConfig replay)
    {
        call.Answer.Text(EventMembers.ReplayName, replay.Name);
        call.Answer.Text(EventMembers.EventSourceArn, ArchiveArnOf(replay));
        WriteStateAlone(call, replay);
        WriteTime(call, EventMembers.EventStartTime, replay.FromUnixMs);
        WriteTime(call, EventMembers.EventEndTime, replay.ToUnixMs);
        if (replay.LastReplayedUnixMs > 0)
            WriteTime(call, EventMembers.EventLastReplayedTime, replay.LastReplayedUnixMs);
        WriteTime(call, EventMembers.ReplayStartTime, replay.StartedUnixMs);
        if (replay.HasEnded) WriteTime(call, EventMembers.ReplayEndTime, replay.EndedUnixMs);
    }

    public static string ArnOf(ReplayConfig replay) =>
        EventArn.WriteReplay(replay.Bus!.Account, replay.Bus.Region, replay.Name);

    public static string ArchiveArnOf(ReplayConfig replay) =>
        EventArn.WriteArchive(replay.Bus!.Account, replay.Bus.Region, replay.Archive!);

    public static string NameOf(ReplayState state) => state switch
    {
        ReplayState.Starting => "STARTING",
        ReplayState.Running => "RUNNING",
        ReplayState.Completed => "COMPLETED",
        ReplayState.Cancelling => "CANCELLING",
        ReplayState.Cancelled => "CANCELLED",
        _ => "FAILED",
    };

    public static void WriteTime(AwsCall call, Member member, long unixMs) =>
        call.Answer.Integer(member, unixMs / 1000);

    private static void WriteStateAlone(AwsCall call, ReplayConfig replay)
    {
        call.Answer.Text(EventMembers.State, NameOf(replay.State));
        if (replay.Reason is { } reason)
            call.Answer.Text(EventMembers.StateReason, reason.AsSpan(0, Math.Min(reason.Length, ReasonLengthMax)));
    }
}
