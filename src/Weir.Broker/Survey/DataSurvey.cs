using Weir.Broker.Messages;
using Weir.Broker.Shards;
using Weir.Engine;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker.Survey;

/// <summary>A message that can be read from a data directory.</summary>
/// <param name="Queue">Null when nothing readable names it.</param>
/// <param name="IsCertain">
/// True for what the state before any damage holds. What was found behind the damage may have been deleted since.
/// </param>
/// <param name="Content">Null when it cannot be read, for the reason in Problem.</param>
public sealed record SurveyedMessage(
    QueueName? Queue,
    Guid MessageId,
    long Sequence,
    long SentUnixMs,
    int? ReceiveCount,
    string? GroupId,
    string? DeduplicationId,
    bool IsCertain,
    MessageContent? Content,
    string? Problem);

/// <summary>
/// What a data directory holds, without changing it and whether or not a broker would start on it: its files, the first
/// damage, and every message that can be read.
/// </summary>
public sealed class DataSurvey : IDisposable
{
    private readonly LogSurvey _log;
    private readonly Shard _shard;
    private readonly RecordSalvage _salvage;

    private DataSurvey(LogSurvey log, Shard shard)
    {
        (_log, _shard) = (log, shard);
        _salvage = new RecordSalvage(shard);
        if (Damage is null) return;
        _log.ReadBehind((header, records, position) =>
        {
            FramesBehind++;
            _salvage.Read(header.NowUnixMs, records.Span, position.Segment, position.Offset);
        });
    }

    public IReadOnlyList<SurveyedFile> Files => _log.Files;

    /// <summary>Why a broker does not start on it, with file and offset; null when it does.</summary>
    public string? Damage => _log.Damage?.Message;

    /// <summary>The last frame before the damage, or of the log.</summary>
    public ulong LastSequence => _log.LastSequence;

    /// <summary>That frame's time; 0 when nothing can be read.</summary>
    public long LastUnixMs => _shard.NowUnixMs;

    public int QueueCount => _shard.QueueCount;

    /// <summary>Messages of the state before the damage.</summary>
    public long MessageCount => _shard.MessageCount;

    /// <summary>Intact frames behind the damage.</summary>
    public int FramesBehind { get; private set; }

    /// <summary>Messages of the state that lie in runs whose block is damaged; known once all were read.</summary>
    public int UnreadableMessages { get; private set; }

    /// <param name="looksAt">Told each file that is read, since that may take a while.</param>
    public static DataSurvey Take(string directory, IDisk disk, Action<string> looksAt)
    {
        var replay = new ShardReplay(new EngineOptions());
        var log = LogSurvey.Take(disk, directory, replay, looksAt);
        replay.Shard.EndReplay();
        return new DataSurvey(log, replay.Shard);
    }

    /// <summary>Every message that can be read: the certain ones, then those behind the damage.</summary>
    public IEnumerable<SurveyedMessage> ReadMessages()
    {
        UnreadableMessages = 0;
        foreach (var message in _shard.ReadMessages((count, _) => UnreadableMessages += count))
        {
            if (_salvage.IsGone(message)) continue;
            var (content, problem) = Read(message.Payload);
            yield return new SurveyedMessage(
                message.Queue, message.MessageId, message.Sequence, message.SentUnixMs, message.ReceiveCount,
                message.GroupId, message.DeduplicationId, IsCertain: true, content, problem);
        }

        foreach (var message in _salvage.Messages)
        {
            var (content, problem) = Read(message.Payload);
            yield return new SurveyedMessage(
                message.Queue, message.MessageId, message.Sequence, message.SentUnixMs, ReceiveCount: null,
                message.GroupId, message.DeduplicationId, IsCertain: false, content, problem);
        }
    }

    public void Dispose() => _log.Dispose();

    private (MessageContent? Content, string? Problem) Read(PayloadRef payload)
    {
        try
        {
            var stored = Payload.Read(payload, (location, destination) =>
                _log.Read(new LogPosition(location.Segment, location.Offset), destination));
            return (MessageContent.Decode(stored), null);
        }
        catch (Exception damage) when (damage is StateCorruptException or JournalCorruptException
            or InvalidDataException)
        {
            return (null, damage.Message);
        }
    }
}
