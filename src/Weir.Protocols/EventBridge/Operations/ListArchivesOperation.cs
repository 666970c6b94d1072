using Weir.Broker.Archives;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Lists the archives of the account in the region.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html
internal sealed class ListArchivesOperation : AwsOperation
{
    public override string Name => "ListArchives";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[EventMembers.NamePrefix].Text() ?? "";
        var source = call.Input[EventMembers.EventSourceArn].Text();
        var state = call.Input[EventMembers.State].Text();
        if (EventPage.Read(call) is not { } page) return call.Fault;
        var outcome = await call.Backend.Archives.ListAsync(call.Identity.Account, call.Identity.Region);
        if (!outcome.IsOk) return EventErrors.From(outcome.Fault);
        var wanted = outcome.Value.Where(archive => archive.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (source is null || EventArn.Write(archive.Bus) == source)
            && (state is null or ArchiveWriter.Enabled));
        var measured = new List<(ArchiveConfig Archive, QueueMeasure Measure)>();
        foreach (var archive in wanted)
        {
            var measure = await call.Backend.Archives.MeasureAsync(archive);
            if (!measure.IsOk) return EventErrors.From(measure.Fault);
            measured.Add((archive, measure.Value));
        }

        page.Write(call, EventMembers.Archives, measured, each => each.Archive.Name, each =>
        {
            call.Answer.BeginItem();
            ArchiveWriter.Write(call, each.Archive, each.Measure);
            call.Answer.EndItem();
        });
        return null;
    }
}
