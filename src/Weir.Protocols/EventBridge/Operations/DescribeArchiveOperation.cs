using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge.Operations;

/// <summary>Answers what an archive is like, and how much is in it now.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html
internal sealed class DescribeArchiveOperation : AwsOperation
{
    public override string Name => "DescribeArchive";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (ArchiveInput.Archive(call) is not { } name) return call.Fault;
        var found = await call.Backend.Archives.GetAsync(call.Identity.Account, call.Identity.Region, name);
        if (!found.IsOk) return EventErrors.From(found.Fault);
        var archive = found.Value;
        var measure = await call.Backend.Archives.MeasureAsync(archive);
        if (!measure.IsOk) return EventErrors.From(measure.Fault);
        call.Answer.Text(EventMembers.ArchiveArn, ArchiveWriter.ArnOf(archive));
        ArchiveWriter.Write(call, archive, measure.Value);
        if (archive.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        if (archive.Pattern is { } pattern) call.Answer.Text(EventMembers.EventPattern, pattern);
        return null;
    }
}
