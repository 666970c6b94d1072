using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Deletes an archive with all events in it.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html
internal sealed class DeleteArchiveOperation : AwsOperation
{
    public override string Name => "DeleteArchive";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Archive(call) is not { } name) return call.Fault;
        var outcome = await call.Backend.Archives.DeleteAsync(call.Identity.Account, call.Identity.Region, name);
        return outcome.IsOk ? null : EventErrors.From(outcome.Fault);
    }
}
