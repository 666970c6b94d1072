using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Weir.Journal;
using Xunit;

namespace Weir.Tests.Journals;

// A journal together with what must be true of it: every frame that was committed, and how many were acknowledged.
// A checkpoint's body is the list of the hashes of all frames, so recovery can be compared with the list whole.
internal sealed class JournalModel
{
    public const string Directory = "/data";

    private readonly List<(ulong Hash, LogPosition Position, int Length)> _frames = [];

    public static JournalOptions SmallOptions { get; } = new()
    {
        Directory = Directory,
        FrameBytesMax = 2048,
        SegmentBytes = 3 * 4096,
        ReserveBytes = 0,
        SpareSegmentsMax = 2,
        Writer = JournalWriter.Inline,
    };

    public JournalOptions Options { get; init; } = SmallOptions;

    public Func<uint, bool> IsLive { get; init; } = segment => segment % 3 == 0;

    public Weir.Journal.Journal Journal { get; private set; } = null!;

    public int Committed => _frames.Count;

    public int Acknowledged { get; private set; }

    public JournalModel Copy() => CopyWith(Options);

    public JournalModel CopyWith(JournalOptions options)
    {
        var copy = new JournalModel { Options = options, IsLive = IsLive, Acknowledged = Acknowledged };
        copy._frames.AddRange(_frames);
        return copy;
    }

    // Damage to the newest frame cannot be told from a write that the power cut short; and what a checkpoint covers is
    // not read again at the start, so its records are not looked at.
    public JournalModel CopyForDamage()
    {
        var copy = new JournalModel { Options = Options, IsLive = _ => false, Acknowledged = Acknowledged - 1 };
        copy._frames.AddRange(_frames);
        return copy;
    }

    // Recovers, and holds what came back against what was promised. Returns how many frames came back.
    public int Open(IDisk disk)
    {
        var recorder = new Recorder();
        Journal = Weir.Journal.Journal.Open(disk, Options, recorder);
        Assert.InRange(recorder.Hashes.Count, Acknowledged, _frames.Count);
        Assert.Equal(_frames.Take(recorder.Hashes.Count).Select(frame => frame.Hash), recorder.Hashes);
        _frames.RemoveRange(recorder.Hashes.Count, _frames.Count - recorder.Hashes.Count);
        Acknowledged = _frames.Count;
        foreach (var frame in _frames.Where(frame => IsLive(frame.Position.Segment)))
            Assert.Equal(frame.Hash, XxHash3.HashToUInt64(Read(frame.Position, frame.Length)));
        return recorder.Hashes.Count;
    }

    public void Append(Random random)
    {
        var frame = Journal.Begin(random.Next());
        if (random.Next(8) > 0)
            Fill(frame, random, random.Next(1, Options.FrameBytesMax + 1));
        var expected = frame.RecordCount == 0 ? Acknowledged : (int)frame.Sequence;
        Journal.Commit(frame, _ => Acknowledged = expected);
    }

    public LogPosition Append(int length)
    {
        var frame = Journal.Begin(1);
        Fill(frame, new Random(length), length);
        Journal.Commit(frame, durable => Acknowledged = (int)durable.Sequence);
        return frame.RecordsPosition;
    }

    public Task Checkpoint() => Journal.WriteCheckpoint(Journal.BeginCheckpoint(IsLive), Body());

    // The frames as they are now, as the body of a checkpoint.
    public Action<IBufferWriter<byte>> Body()
    {
        var hashes = _frames.Select(frame => frame.Hash).ToArray();
        return body =>
        {
            foreach (var hash in hashes)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(body.GetSpan(8), hash);
                body.Advance(8);
            }
        };
    }

    // Frames and checkpoints in an order that follows from the seed.
    public void Work(int seed, int frames)
    {
        var random = new Random(seed);
        for (var i = 1; i <= frames; i++)
        {
            Append(random);
            if (i % 9 == 0)
                _ = Checkpoint();
        }
    }

    public byte[] Read(LogPosition position, int length)
    {
        var bytes = new byte[length];
        Journal.Read(position, bytes);
        return bytes;
    }

    private void Fill(Frame frame, Random random, int length)
    {
        Assert.Equal(_frames.Count + 1, (int)frame.Sequence);
        var records = new byte[length];
        random.NextBytes(records);
        frame.Write(records);
        frame.RecordCount = 1;
        _frames.Add((XxHash3.HashToUInt64(records), frame.RecordsPosition, length));
    }

    private sealed class Recorder : JournalReplay
    {
        public List<ulong> Hashes { get; } = [];

        public override void OnCheckpoint(CheckpointReader body)
        {
            Assert.Empty(Hashes);
            var bytes = BodyReplay.ReadAll(body);
            for (var at = 0; at < bytes.Length; at += 8)
                Hashes.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
        }

        public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition)
        {
            Assert.Equal(Hashes.Count + 1, (int)header.Sequence);
            Hashes.Add(XxHash3.HashToUInt64(records));
        }
    }
}
