using Weir.Broker.Archives;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>Writes archives as the operations answer them.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Archive.html
internal static class ArchiveWriter
{
    /// <summary>An archive is ready when its creation is answered.</summary>
    public const string Enabled = "ENABLED";

    /// <summary>What creating and updating answer.</summary>
    public static void WriteState(AwsCall call, ArchiveConfig archive)
    {
        call.Answer.Text(EventMembers.ArchiveArn, ArnOf(archive));
        call.Answer.Text(EventMembers.State, Enabled);
        call.Answer.Integer(EventMembers.CreationTime, archive.CreatedUnixMs / 1000);
    }

    /// <summary>What listing answers of each.</summary>
    public static void Write(AwsCall call, ArchiveConfig archive, QueueMeasure measure)
    {
        call.Answer.Text(EventMembers.ArchiveName, archive.Name);
        call.Answer.Text(EventMembers.EventSourceArn, EventArn.Write(archive.Bus));
        call.Answer.Text(EventMembers.State, Enabled);
        call.Answer.Integer(EventMembers.RetentionDays, archive.RetentionDays);
        call.Answer.Integer(EventMembers.SizeBytes, measure.ContentBytes);
        call.Answer.Integer(EventMembers.EventCount, measure.Messages);
        call.Answer.Integer(EventMembers.CreationTime, archive.CreatedUnixMs / 1000);
    }

    public static string ArnOf(ArchiveConfig archive) =>
        EventArn.WriteArchive(archive.Bus.Account, archive.Bus.Region, archive.Name);
}
