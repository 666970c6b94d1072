using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Weir.Broker.Messages;
using Weir.Broker.Survey;
using Weir.Journal;

namespace Weir.Server.Cli.Doctor;

/// <summary>How many messages an export wrote, and how many of them are not certain or have no content.</summary>
internal sealed record ExportCounts(long Messages, long Uncertain, long WithoutContent);

/// <summary>Messages as JSON lines, one at a time, so that any number of them can be written.</summary>
internal static class MessageExport
{
    private const int MessagesPerProgress = 100_000;

    private static readonly JsonWriterOptions Options = new()
    {
        // A file, not a web page: text stays as it is.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <exception cref="JournalDiskException">The file cannot be written.</exception>
    public static ExportCounts Write(DataSurvey survey, IDisk disk, string path)
    {
        var (messages, uncertain, withoutContent, offset) = (0L, 0L, 0L, 0L);
        using var file = disk.Create(path);
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, Options);
        foreach (var message in survey.ReadMessages())
        {
            Write(json, message);
            json.Flush();
            line.Write("\n"u8);
            file.Write(offset, line.WrittenSpan);
            offset += line.WrittenCount;
            line.ResetWrittenCount();
            json.Reset();
            if (!message.IsCertain) uncertain++;
            if (message.Content is null) withoutContent++;
            if (++messages % MessagesPerProgress == 0) Console.Error.WriteLine($"{messages:#,0} messages written ...");
        }

        file.Sync();
        return new ExportCounts(messages, uncertain, withoutContent);
    }

    private static void Write(Utf8JsonWriter json, SurveyedMessage message)
    {
        json.WriteStartObject();
        json.WriteString("account", message.Queue?.Account);
        json.WriteString("region", message.Queue?.Region);
        json.WriteString("queue", message.Queue?.Name);
        json.WriteString("messageId", message.MessageId);
        json.WriteNumber("sequence", message.Sequence);
        json.WriteString("sent", DateTimeOffset.FromUnixTimeMilliseconds(message.SentUnixMs)
            .ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        if (message.ReceiveCount is { } count) json.WriteNumber("receiveCount", count);
        if (message.GroupId is not null) json.WriteString("groupId", message.GroupId);
        if (message.DeduplicationId is not null) json.WriteString("deduplicationId", message.DeduplicationId);
        json.WriteBoolean("certain", message.IsCertain);
        if (message.Content is { } content) Write(json, content);
        if (message.Problem is not null) json.WriteString("problem", message.Problem);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MessageContent content)
    {
        json.WriteString("body", content.Body.Span);
        if (content.TraceHeader is not null) json.WriteString("traceHeader", content.TraceHeader);
        if (content.Attributes.Count == 0) return;
        json.WriteStartObject("attributes");
        foreach (var (name, dataType, value) in content.Attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("dataType", dataType);
            if (dataType.StartsWith("Binary", StringComparison.Ordinal)) json.WriteBase64String("value", value.Span);
            else json.WriteString("value", value.Span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
