using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Broker.Survey;
using Weir.Journal;

namespace Weir.Server.Cli.Doctor;

/// <summary>What was found, and what to do next.</summary>
internal sealed class DoctorReport(string directory, DataSurvey survey, string? export, ExportCounts? exported)
{
    private bool IsEmpty => survey is { LastSequence: 0, Damage: null };

    private string Next => survey.Damage is null
        ? "Nothing: a server starts on it."
        : exported is null
            ? "Copy the directory before anything else. Restore the damaged file from a backup if there is one; else "
                + "take out what can be read (weir doctor DIRECTORY --export FILE), start a server on a new directory, "
                + "and send the messages again."
            : $"Start a server on a new directory and send again what is in {export}: first what is certain; the rest "
                + "may have been received and deleted already.";

    public JsonObject ToJson() => new()
    {
        ["directory"] = Path.GetFullPath(directory),
        ["starts"] = survey.Damage is null,
        ["damage"] = survey.Damage,
        ["lastSequence"] = survey.LastSequence,
        ["lastTime"] = IsEmpty ? null : Time(survey.LastUnixMs),
        ["queues"] = survey.QueueCount,
        ["messages"] = survey.MessageCount,
        ["framesBehindDamage"] = survey.FramesBehind,
        ["files"] = new JsonArray([.. survey.Files.Select(static file => (JsonNode)new JsonObject
        {
            ["name"] = file.Name,
            ["kind"] = file.Kind.ToString().ToLowerInvariant(),
            ["bytes"] = file.Bytes,
            ["number"] = file.Number,
            ["frames"] = file.Kind == SurveyedKind.Segment ? file.Frames : null,
            ["problem"] = file.Problem,
        })]),
        ["exported"] = exported is null ? null : new JsonObject
        {
            ["file"] = export,
            ["messages"] = exported.Messages,
            ["uncertain"] = exported.Uncertain,
            ["withoutContent"] = exported.WithoutContent,
            ["unreadable"] = survey.UnreadableMessages,
        },
        ["next"] = Next,
    };

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetFullPath(directory)}");
        foreach (var file in survey.Files.Where(static file => file.Kind != SurveyedKind.Other))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {file.Name,-40} {file.Bytes,14:#,0} bytes  {Describe(file)}");
        text.AppendLine();
        text.AppendLine(survey.Damage is { } damage ? $"Damage: {damage}" : "No damage was found.");
        text.AppendLine(IsEmpty
            ? "Readable: nothing was ever stored here."
            : string.Create(CultureInfo.InvariantCulture,
                $"Readable: {survey.QueueCount} queues with {survey.MessageCount} messages, as of {Time(survey.LastUnixMs)}")
                + (survey.FramesBehind > 0 ? $"; behind the damage {survey.FramesBehind} intact frames." : "."));
        if (exported is { } counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                Exported: {counts.Messages} messages to {export}; {counts.Uncertain} of them are not certain, {counts.WithoutContent} have no readable content.
                """);
            if (survey.UnreadableMessages > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"Lost: {survey.UnreadableMessages} messages of damaged runs.");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Next: {Next}").ToString();
    }

    private static string Describe(SurveyedFile file) => file.Problem is { } problem
        ? $"DAMAGED: {problem}"
        : file.Kind switch
        {
            SurveyedKind.Segment => $"segment {file.Number}, {file.Frames} frames",
            SurveyedKind.Checkpoint => $"checkpoint up to frame {file.Number}",
            _ => "",
        };

    private static string Time(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
        .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
