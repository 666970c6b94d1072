using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Changes what is said here of an archive; the rest of it, and what is in it, stays.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateArchive.html
internal sealed class UpdateArchiveOperation : AwsOperation
{
    public override string Name => "UpdateArchive";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Archive(call) is not { } name) return call.Fault;
        if (ArchiveInput.Attributes(call) is not { } set) return call.Fault;
        var outcome = await call.Backend.Archives.ConfigureAsync(
            call.Identity.Account, call.Identity.Region, name, set);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ArchiveWriter.WriteState(call, outcome.Value);
        return null;
    }
}
