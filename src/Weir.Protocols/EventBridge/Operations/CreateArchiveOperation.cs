using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Creates an archive, which from now on keeps the events of a bus.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
internal sealed class CreateArchiveOperation : AwsOperation
{
    public override string Name => "CreateArchive";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Archive(call) is not { } name) return call.Fault;
        if (ArchiveInput.Bus(call, call.Input, EventMembers.EventSourceArn) is not { } bus) return call.Fault;
        if (ArchiveInput.Attributes(call) is not { } set) return call.Fault;
        var outcome = await call.Backend.Archives.CreateAsync(bus, name, set);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        ArchiveWriter.WriteState(call, outcome.Value);
        return null;
    }
}
