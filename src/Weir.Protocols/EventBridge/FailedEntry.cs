using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>A target that PutTargets or RemoveTargets did not take, and why.</summary>
internal sealed record FailedEntry(string TargetId, string Code, string Message)
{
    public static FailedEntry Of(string target, AwsError error) => new(target, error.Shape, error.Message);

    public static void Write(AwsCall call, IReadOnlyList<FailedEntry> failed)
    {
        call.Answer.Integer(EventMembers.FailedEntryCount, failed.Count);
        call.Answer.BeginList(EventMembers.FailedEntries);
        foreach (var entry in failed)
        {
            call.Answer.BeginItem();
            call.Answer.Text(EventMembers.TargetId, entry.TargetId);
            call.Answer.Text(EventMembers.ErrorCode, entry.Code);
            call.Answer.Text(EventMembers.ErrorMessage, entry.Message);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
    }
}
