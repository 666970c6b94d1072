namespace Weir.Journal;

/// <summary>One file of a data directory, as a survey found it.</summary>
/// <param name="Number">Of a segment, its place in the log; of a checkpoint, the sequence that it covers.</param>
/// <param name="Frames">Intact frames of a segment's present use.</param>
/// <param name="Problem">What is wrong with it by itself; null when nothing is.</param>
public sealed record SurveyedFile(
    string Name, SurveyedKind Kind, long Bytes, ulong? Number, int Frames, string? Problem);

public enum SurveyedKind
{
    Segment,
    Checkpoint,
    Other,
}

// What a data directory holds, damaged or not, without changing it. The survey runs the recovery itself over a disk
// that cannot be written; where the recovery stops, it goes on and looks for intact frames behind the damage.
public sealed class LogSurvey : IDisposable
{
    private readonly Dictionary<uint, Segment> _segments = [];
    private readonly List<SurveyedFile> _files = [];
    private readonly SegmentReader _reader = new();

    private LogSurvey()
    {
    }

    public IReadOnlyList<SurveyedFile> Files => _files;

    // Why a start is refused; null when it is not.
    public Exception? Damage { get; private set; }

    // The last frame that the recovery took, or the checkpoint covers; 0 when there is none.
    public ulong LastSequence { get; private set; }

    public bool HasCheckpoint { get; private set; }

    // The replay gets what the recovery reads, up to the damage. Whatever it throws is the damage, too.
    public static LogSurvey Take(IDisk disk, string directory, JournalReplay replay, Action<string> looksAt)
    {
        var readOnly = new ReadOnlyDisk(disk);
        var survey = new LogSurvey();
        foreach (var name in readOnly.List(directory).Order(StringComparer.Ordinal))
        {
            looksAt(name);
            survey._files.Add(survey.Look(readOnly, directory, name));
        }
        var counting = new CountingReplay(survey, replay);
        try
        {
            var log = new LogRecovery(readOnly, new JournalOptions { Directory = directory }, counting).Run();
            survey.LastSequence = log.LastSequence;
            foreach (var segment in log.Segments.Concat(log.Spares))
                segment.Dispose();
        }
        catch (Exception damage) when (damage is not JournalDiskException)
        {
            survey.Damage = damage;
        }
        return survey;
    }

    // Calls back for every intact frame that the recovery did not get to, in the order of their sequences.
    public void ReadBehind(Action<FrameHeader, ReadOnlyMemory<byte>, LogPosition> read)
    {
        var frames = new List<(ulong Sequence, uint Segment, uint Offset)>();
        foreach (var (number, segment) in _segments)
            ForEachFrame(segment, (header, offset) => frames.Add((header.Sequence, number, offset)));
        foreach (var (sequence, number, offset) in frames.Order())
        {
            if (sequence <= LastSequence)
                continue;
            _reader.Select(_segments[number]);
            var frame = _reader.Frame(offset).ToArray();
            var header = FrameFormat.ReadHeader(frame);
            read(header, frame.AsMemory(FrameFormat.HeaderBytes, header.RecordsLength),
                new LogPosition(number, offset + FrameFormat.HeaderBytes));
        }
    }

    // As JournalReplay.Read, for as long as the survey lives.
    public void Read(LogPosition position, Span<byte> destination)
    {
        if (!_segments.TryGetValue(position.Segment, out var segment))
        {
            throw new JournalCorruptException(
                $"segment {position.Segment}", position.Offset, "no file has it any more.");
        }
        segment.ReadWhole(position.Offset, destination);
    }

    public void Dispose()
    {
        foreach (var segment in _segments.Values)
            segment.Dispose();
    }

    private SurveyedFile Look(ReadOnlyDisk disk, string directory, string name)
    {
        var path = Path.Combine(directory, name);
        if (CheckpointFile.SequenceOf(name) is { } sequence)
            return LookAtCheckpoint(disk, directory, name, sequence);
        if (Segment.SlotOf(name) is not { } slot)
            return new SurveyedFile(name, SurveyedKind.Other, 0, null, 0, null);
        var file = disk.Open(path);
        try
        {
            return LookAtSegment(name, new Segment(slot, path, file, HeaderOf(file, path)));
        }
        catch (JournalCorruptException damage)
        {
            using (file)
                return new SurveyedFile(name, SurveyedKind.Segment, file.Length, null, 0, damage.Reason);
        }
    }

    private static SurveyedFile LookAtCheckpoint(ReadOnlyDisk disk, string directory, string name, ulong sequence)
    {
        using var file = disk.Open(Path.Combine(directory, name));
        try
        {
            CheckpointFile.Read(disk, directory, sequence, static _ => { });
            return new SurveyedFile(name, SurveyedKind.Checkpoint, file.Length, sequence, 0, null);
        }
        catch (JournalCorruptException damage)
        {
            return new SurveyedFile(name, SurveyedKind.Checkpoint, file.Length, sequence, 0, damage.Reason);
        }
    }

    private static SegmentHeader HeaderOf(IDiskFile file, string path)
    {
        var bytes = new byte[SegmentHeader.EncodedBytes];
        var read = file.Read(0, bytes);
        return SegmentHeader.Decode(bytes.AsSpan(0, read), path)
            ?? throw new JournalCorruptException(path, 0, "its header is not intact.");
    }

    private SurveyedFile LookAtSegment(string name, Segment segment)
    {
        var (length, frames) = (segment.File.Length, 0);
        ForEachFrame(segment, (_, _) => frames++);
        var problem = length != segment.Header.Bytes
            ? $"the file has {length} bytes, and its header says {segment.Header.Bytes}."
            : null;
        if (!_segments.TryAdd(segment.Number, segment))
        {
            segment.Dispose();
            problem = $"another file claims to be segment {segment.Number}, too.";
        }
        return new SurveyedFile(name, SurveyedKind.Segment, length, segment.Number, frames, problem);
    }

    private void ForEachFrame(Segment segment, Action<FrameHeader, uint> found)
    {
        _reader.Select(segment);
        long offset = SegmentHeader.FramesOffset;
        while (_reader.FindMark(offset) is { } mark && mark < uint.MaxValue)
        {
            var frame = _reader.Frame((uint)mark);
            if (!frame.IsEmpty)
                found(FrameFormat.ReadHeader(frame), (uint)mark);
            offset = mark + (frame.IsEmpty ? FrameFormat.Alignment : frame.Length);
        }
    }

    private sealed class CountingReplay(LogSurvey survey, JournalReplay replay) : JournalReplay
    {
        public override void OnCheckpoint(CheckpointReader body)
        {
            replay.Read = survey.Read;
            replay.OnCheckpoint(body);
            survey.HasCheckpoint = true;
            survey.LastSequence = survey.Files.Max(static file =>
                file is { Kind: SurveyedKind.Checkpoint, Problem: null } ? file.Number!.Value : 0);
        }

        public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition)
        {
            replay.Read = survey.Read;
            replay.OnFrame(header, records, recordsPosition);
            survey.LastSequence = header.Sequence;
        }
    }
}
