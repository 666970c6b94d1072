using System.Collections.Immutable;
using System.Text;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.State;
using Weir.Engine.Transfers;
using Xunit;

namespace Weir.Tests.Engine;

/// <summary>What a command left in the log.</summary>
internal sealed record Frame(long NowUnixMs, byte[] Records, int RecordCount, uint Segment, uint Offset);

/// <summary>
/// A shard with a clock that the test moves and a log that the test can read. Each command has a frame of its own, and
/// must not ask for more bytes than it declared.
/// </summary>
internal sealed class EngineHarness(EngineOptions? options = null)
{
    /// <summary>Small, so that the contents of one test lie in several segments.</summary>
    private const int SegmentBytes = 4096;

    private static readonly ImmutableSortedDictionary<string, string> NoTags =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Small, so that a few waiting messages are a deep backlog already.</summary>
    private static readonly EngineOptions Small = new()
    {
        FrontMessagesMax = 2,
        TailMessagesMax = 3,
        RunMessagesMax = 2,
    };

    private EngineOptions _options = options ?? Small;
    private readonly List<Command<Done>> _relocations = [];
    private Shard? _shard;
    private uint _segment = 1;
    private uint _offset;
    private int _ids;

    public static QueueName Orders { get; } = Named("orders");

    public static QueueName Failed { get; } = Named("failed");

    public static QueueName Fifo { get; } = Named("orders.fifo");

    public static QueueName FailedFifo { get; } = Named("failed.fifo");

    public Shard Shard
    {
        get => _shard ??= NewShard();
        private set => _shard = value;
    }

    public List<Frame> Frames { get; } = [];

    public long NowUnixMs { get; private set; } = 1_700_000_000_000;

    public static QueueName Named(string name) => new("000000000001", "eu-west-1", name);

    public void Advance(TimeSpan by) => NowUnixMs += (long)by.TotalMilliseconds;

    public void AdvanceSeconds(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>As the default options are, with other ones where the test needs them.</summary>
    public static EngineOptions Options(Func<EngineOptions, EngineOptions> change) => change(Small);

    public Shard NewShard(EngineOptions? other = null) => new(other ?? _options, ReadLog);

    public Outcome<T> Run<T>(Command<T> command)
    {
        var outcome = RunOne(command);
        while (Shard.IsSpillDue) _ = RunOne(new SpillCommand(_options));
        return outcome;
    }

    private Outcome<T> RunOne<T>(Command<T> command)
    {
        var output = new ExactWriter();
        if (_offset > SegmentBytes) (_segment, _offset) = (_segment + 1, 0);
        Shard.BeginFrame(NowUnixMs, output, _segment, _offset);
        var declared = command.RecordBytesMax;
        var outcome = Shard.Execute(command);
        Assert.True(output.AskedBytesMax <= declared,
            $"{command.GetType().Name} asked for {output.AskedBytesMax} bytes, having declared {declared}.");
        var records = output.ToArray();
        Frames.Add(new Frame(NowUnixMs, records, Shard.RecordCount, _segment, _offset));
        _offset += (uint)records.Length;
        return outcome;
    }

    /// <summary>Runs a command that must be done.</summary>
    public T Do<T>(Command<T> command)
    {
        var outcome = Run(command);
        Assert.True(outcome.IsOk, $"{outcome.Fault?.Code}: {outcome.Fault?.Message}");
        return outcome.Value;
    }

    /// <summary>Runs a command that must be refused.</summary>
    public FaultCode Refused<T>(Command<T> command)
    {
        var outcome = Run(command);
        Assert.False(outcome.IsOk, "The command was not refused.");
        return outcome.Fault.Code;
    }

    public QueueDescription Create(QueueName name, QueueConfigPatch? patch = null) =>
        Do(new CreateQueueCommand(name, patch ?? QueueConfigPatch.Empty, NoTags));

    public Done Configure(QueueName name, QueueConfigPatch patch) => Do(new ConfigureQueueCommand(name, patch));

    public QueueDescription Get(QueueName name) => Do(new GetQueueCommand(name));

    public QueueCounters Counters(QueueName name) => Get(name).Counters;

    public Guid NewId() => new(++_ids, 0, 0, new byte[8]);

    public SendEntry Entry(
        string? group = null, string? dedup = null, TimeSpan? delay = null, string body = "body", int? bytes = null) =>
        new()
        {
            MessageId = NewId(),
            Payload = Encoding.UTF8.GetBytes(body),
            ContentBytes = bytes ?? body.Length,
            GroupId = group,
            DeduplicationId = dedup,
            Delay = delay,
        };

    public SentMessage Send(QueueName name, SendEntry? entry = null)
    {
        var outcome = Assert.Single(Do(new SendCommand(name, [entry ?? Entry()])));
        Assert.True(outcome.IsOk, outcome.Fault?.Message);
        return outcome.Value;
    }

    /// <summary>Why one message is refused, be it for itself or with its whole batch.</summary>
    public FaultCode SendRefused(QueueName name, SendEntry entry)
    {
        var batch = Run(new SendCommand(name, [entry]));
        var fault = batch.IsOk ? Assert.Single(batch.Value).Fault : batch.Fault;
        return fault?.Code ?? FaultCode.None;
    }

    /// <summary>Sends to a group of a FIFO queue, each message under a deduplication id of its own.</summary>
    public SentMessage SendTo(QueueName name, string group) => Send(name, Entry(group, dedup: $"d{_ids}"));

    public IReadOnlyList<LeasedMessage> Receive(
        QueueName name, int max = 10, double? visibility = null, string? attempt = null)
    {
        TimeSpan? timeout = visibility is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return Do(new ReceiveCommand(name, max, timeout, attempt));
    }

    public LeasedMessage ReceiveOne(QueueName name, double? visibility = null) =>
        Assert.Single(Receive(name, 1, visibility));

    public FaultCode Delete(QueueName name, string handle) =>
        Assert.Single(Do(new DeleteCommand(name, [handle]))).Fault?.Code ?? FaultCode.None;

    public FaultCode Delete(QueueName name, LeasedMessage message) => Delete(name, message.Receipt.ToString());

    public FaultCode ChangeVisibility(QueueName name, string handle, double seconds) =>
        Assert.Single(Do(new ChangeVisibilityCommand(
            name, [new VisibilityChange(handle, TimeSpan.FromSeconds(seconds))]))).Fault?.Code ?? FaultCode.None;

    public FaultCode ChangeVisibility(QueueName name, LeasedMessage message, double seconds) =>
        ChangeVisibility(name, message.Receipt.ToString(), seconds);

    public static byte[] Checkpoint(Shard shard)
    {
        var cut = shard.BeginCheckpoint();
        cut.Continue(int.MaxValue);
        return Image(cut);
    }

    public static byte[] Image(CheckpointCut cut)
    {
        var output = new ExactWriter();
        cut.Write(output);
        return output.ToArray();
    }

    public byte[] Checkpoint() => Checkpoint(Shard);

    /// <summary>Hands out bytes as a checkpoint's reader does.</summary>
    public static ReadCheckpoint Bytes(byte[] bytes)
    {
        var position = 0;
        return destination =>
        {
            if (position == bytes.Length) return false;
            if (bytes.Length - position < destination.Length)
                throw new StateCorruptException("the bytes of a test end too early");
            bytes.AsSpan(position, destination.Length).CopyTo(destination);
            position += destination.Length;
            return true;
        };
    }

    public void ReadLog(PayloadRef location, Span<byte> destination)
    {
        var frame = Frames.Last(frame => frame.Segment == location.Segment && frame.Offset <= location.Offset);
        frame.Records.AsSpan((int)(location.Offset - frame.Offset), destination.Length).CopyTo(destination);
    }

    /// <summary>
    /// Empties the oldest segments. Half of what is found is written again at once, the rest with the next call, when
    /// much of it has been deleted, moved, loaded or leased.
    /// </summary>
    public void Compact(int segments)
    {
        foreach (var command in _relocations) Do(command);
        _relocations.Clear();
        var oldest = Frames.Select(frame => frame.Segment).Distinct().Where(Shard.Live.IsLive).Take(segments);
        var victims = oldest.ToHashSet();
        var scan = Shard.ScanFor(victims);
        while (!scan.IsComplete) scan.Continue(1);
        foreach (var found in scan.Found)
        {
            _relocations.Add(found.IsRun
                ? new RelocateRunCommand(found, victims, ReadLog)
                : new RelocateMessagesCommand([found], ReadLog));
        }

        var now = _relocations.Count / 2;
        foreach (var command in _relocations[..now]) Do(command);
        _relocations.RemoveRange(0, now);
    }

    /// <summary>
    /// Goes on with another shard, to which all was carried; the one that had it has nothing any more.
    /// </summary>
    /// <param name="number">The other shard's.</param>
    /// <param name="bytesMax">Of one command that carries something.</param>
    public void MoveTo(int number, int bytesMax)
    {
        var account = Orders.Account;
        _relocations.Clear();
        var target = new EngineHarness(_options with { ShardNumber = number }) { NowUnixMs = NowUnixMs };
        target.Do(new BeginImportCommand(account, Shard.NowUnixMs));
        var export = Shard.Export(account);
        while (export.TakeNext() is { } image)
        {
            foreach (var command in image.Read(ReadLog, bytesMax)) target.Do(command);
        }

        foreach (var command in export.TakeRest().Read(bytesMax)) target.Do(command);
        target.Do(new EndImportCommand(account, isKept: true));
        while (!Do(new DropAccountCommand(account, 1)))
        {
        }

        Assert.False(Shard.Has(account));
        Assert.Equal((0, 0, 0), (Shard.MessageCount, Shard.Live.Bytes, Shard.HotMessageCount));
        (_options, Shard, _segment, _offset) = (target._options, target.Shard, target._segment, target._offset);
        Frames.Clear();
        Frames.AddRange(target.Frames);
    }

    /// <summary>Goes on with a shard that came back from the log, or from a checkpoint of this moment.</summary>
    public void Restart(bool fromCheckpoint) =>
        Shard = fromCheckpoint ? Recover(Checkpoint(), Frames.Count) : Recover();

    /// <summary>A new shard from a checkpoint (or none) and the frames from one on, those with records only.</summary>
    public Shard Recover(byte[]? checkpoint = null, int firstFrame = 0, EngineOptions? other = null)
    {
        var shard = NewShard(other);
        if (checkpoint is not null) shard.ReadCheckpoint(Bytes(checkpoint));
        foreach (var frame in Frames.Skip(firstFrame).Where(frame => frame.RecordCount > 0))
            shard.Replay(frame.NowUnixMs, frame.Records, frame.Segment, frame.Offset);
        shard.EndReplay();
        shard.Replay(Shard.NowUnixMs, [], 0, 0);
        return shard;
    }
}
