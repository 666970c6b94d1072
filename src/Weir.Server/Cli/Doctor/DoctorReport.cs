using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Broker.Survey;
using Weir.Journal;
using static System.FormattableString;

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
        var lines = new List<string> { Path.GetFullPath(directory) };
        lines.AddRange(survey.Files.Where(static file => file.Kind != SurveyedKind.Other).Select(static file =>
            Invariant($"  {file.Name,-40} {file.Bytes,14:#,0} bytes  {Describe(file)}")));
        lines.Add("");
        lines.Add(survey.Damage is { } damage ? $"Damage: {damage}" : "No damage was found.");
        lines.Add(Readable());
        if (exported is { } counts)
        {
            lines.Add($"Exported: {counts.Messages} messages to {export}; {counts.Uncertain} of them are not certain, "
                + $"{counts.WithoutContent} have no readable content.");
            if (survey.UnreadableMessages > 0)
                lines.Add($"Lost: {survey.UnreadableMessages} messages whose fields are damaged.");
        }

        lines.Add($"Next: {Next}");
        return string.Join(Environment.NewLine, lines);
    }

    private string Readable()
    {
        if (IsEmpty) return "Readable: nothing was ever stored here.";
        var state = $"{survey.QueueCount} queues with {survey.MessageCount} messages, as of {Time(survey.LastUnixMs)}";
        return survey.FramesBehind > 0
            ? $"Readable: {state}; behind the damage {survey.FramesBehind} intact frames."
            : $"Readable: {state}.";
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
