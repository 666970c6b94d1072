using System.Buffers;
using System.Buffers.Binary;
using Weir.Engine.Accounts;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;
using Weir.Engine.Transfers;

namespace Weir.Engine;

/// <summary>
/// The unit of execution, order and atomicity: a deterministic, single-threaded state machine. Commands come with the
/// time of their frame and leave records in it; replaying those records gives the same state.
/// </summary>
/// <param name="readLog">Reads back what was written; called from within Execute and Replay.</param>
//  A record in a frame, and an item in a checkpoint:
//   0         4      5
//   +---------+------+-------------+
//   | length  | type | fields      |   length counts type and fields
//   +---------+------+-------------+
public sealed class Shard(EngineOptions options, ReadLog readLog)
{
    internal const int RecordHeaderLength = sizeof(int) + 1;

    private IBufferWriter<byte>? _output;
    private uint _segment;
    private uint _offset;
    private Func<string, AccountLimits?>? _limitsOf;

    public EngineOptions Options { get; } = options;

    /// <summary>What of the log is still referred to.</summary>
    public LiveLedger Live => State.Live;

    /// <summary>Records written since <see cref="BeginFrame"/>.</summary>
    public int RecordCount { get; private set; }

    /// <summary>All queues' messages, whatever their state.</summary>
    public long MessageCount => Live.Count;

    internal ShardState State { get; } = new(options, readLog);

    /// <summary>The broker's definitions as they are now, durable or about to be; any thread may ask.</summary>
    public DefinitionCatalog Definitions => State.Definitions;

    /// <summary>What an account has; null: it has nothing and never had. Any thread may ask.</summary>
    public AccountUse? UseOf(string account) => State.Accounts.GetValueOrDefault(account);

    /// <summary>All that have something. Any thread may ask.</summary>
    public IEnumerable<AccountUse> Uses => State.Accounts.Values;

    internal bool HasLimits => _limitsOf is not null;

    /// <summary>The number of queues.</summary>
    public int QueueCount => State.QueueCount;

    public long NowUnixMs => State.NowUnixMs;

    /// <summary>Starts a frame: all commands until the next one happen at this time.</summary>
    /// <param name="nowUnixMs">A time before that of an earlier frame counts as that frame's.</param>
    /// <param name="output">Where records go; its first byte will lie at segment and offset of the log.</param>
    public void BeginFrame(long nowUnixMs, IBufferWriter<byte> output, uint segment, uint offset)
    {
        State.NowUnixMs = Math.Max(State.NowUnixMs, nowUnixMs);
        State.IsLive = true;
        _output = output;
        _segment = segment;
        _offset = offset;
        RecordCount = 0;
    }

    public Outcome<T> Execute<T>(Command<T> command) => command.Execute(this);

    /// <summary>Applies a frame's records as they were applied when they were written.</summary>
    public void Replay(long nowUnixMs, ReadOnlySpan<byte> records, uint segment, uint offset)
    {
        State.NowUnixMs = Math.Max(State.NowUnixMs, nowUnixMs);
        State.IsLive = false;
        var position = 0;
        while (position < records.Length)
        {
            var rest = records[position..];
            var length = rest.Length < RecordHeaderLength ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 1 || length > rest.Length - sizeof(int))
                throw new StateCorruptException($"a record of {length} bytes at {position} of {records.Length}");
            var start = position + RecordHeaderLength;
            var reader = new SpanReader(records.Slice(start, length - 1), segment, offset + (uint)start);
            RecordTypes.ReadAndApply((RecordType)rest[sizeof(int)], ref reader, State);
            position += sizeof(int) + length;
        }
    }

    /// <summary>Holds accounts to limits from now on.</summary>
    /// <param name="limitsOf">The present limits of an account; null: none. Called by the shard's thread alone.</param>
    public void Limit(Func<string, AccountLimits?> limitsOf) => _limitsOf = limitsOf;

    /// <summary>
    /// Begins a checkpoint of the state as it is now, between frames. One at a time, until it is complete.
    /// </summary>
    public CheckpointCut BeginCheckpoint() => IsImporting
        ? throw new InvalidOperationException("A checkpoint would lose the account that is on its way in.")
        : new CheckpointCut(State);

    /// <summary>True while an account is on its way in, which no checkpoint may interrupt.</summary>
    public bool IsImporting => State.Staged is not null;

    /// <summary>The log has been read to its end: an account that was on its way in is not here.</summary>
    public void EndReplay() => State.DropStaged();

    /// <summary>True when something of an account is here.</summary>
    public bool Has(string account) => DropAccountCommand.IsThere(State, account);

    /// <summary>Begins to take an account out, for another shard to have it.</summary>
    public AccountExport Export(string account) => new(State, account);

    /// <summary>Reads what a <see cref="CheckpointCut"/> wrote into a new shard.</summary>
    public void ReadCheckpoint(ReadCheckpoint read) => CheckpointFormat.Read(State, read);

    public bool HasRunningMoveTasks => State.RunningTasks.Count > 0;

    /// <summary>The move tasks under way.</summary>
    public IReadOnlyCollection<Guid> RunningMoveTasks => State.RunningTasks;

    /// <summary>Null when it is gone with its queue.</summary>
    public MoveTaskDescription? FindMoveTask(Guid taskId) => State.FindTask(taskId)?.Describe();

    /// <summary>Which messages a move task moves; null: all of them.</summary>
    public string? FilterOf(Guid taskId) => State.FindTask(taskId)?.Filter;

    /// <summary>Begins to look for what the state refers to in some segments.</summary>
    public CompactionScan ScanFor(IReadOnlySet<uint> segments) => new(State, segments);

    /// <summary>True as long as a run that was found is neither loaded nor dropped nor moved.</summary>
    public bool HasRun(in Relocation found) =>
        State.PeekById(found.QueueId)?.Backlog.TryFindRun(found.Sequence, out var run, out _) == true
        && run.Block == found.Location;

    /// <summary>
    /// Every message that is stored and not too old, queue by queue in the order of sending; what is in runs is read
    /// from the log.
    /// </summary>
    /// <param name="unreadable">Told how many messages cannot be read, and why; null: that is an exception.</param>
    /// <exception cref="StateCorruptException">A run cannot be read.</exception>
    public IEnumerable<StoredMessage> ReadMessages(Action<int, Exception>? unreadable = null) =>
        StoredMessages.Of(State, unreadable);

    /// <summary>True when a backlog has more in memory than it should: time for a spill command.</summary>
    public bool IsSpillDue => State.IsSpillDue;

    /// <summary>Waiting messages of all backlogs that are in memory; the rest of them is in the log.</summary>
    public long HotMessageCount => State.HotMessages;

    /// <summary>Starts to watch a queue for whoever waits on it; null when there is no such queue.</summary>
    public QueueWatch? Watch(QueueName name) =>
        State.Find(name) is { } queue ? queue.Watch ??= new QueueWatch(this, queue) : null;

    /// <summary>The watch that somebody started on a queue, if any.</summary>
    public QueueWatch? FindWatch(QueueName name) => State.Find(name)?.Watch;

    /// <summary>Hands over the watched queues in which something happened since the last call; false if none.</summary>
    public bool TakeChanged(List<QueueWatch> changed) => State.TakeChanged(changed);

    /// <summary>Starts to watch a message until it leaves its queue; false when it is not there.</summary>
    public bool WatchMessage(MessagePlace place) =>
        State.FindById(place.QueueId) is { } queue && queue.WatchMessage(place.Sequence);

    public void UnwatchMessage(MessagePlace place) => State.PeekById(place.QueueId)?.UnwatchMessage(place.Sequence);

    /// <summary>True when a watched message left since <see cref="TakeLeft"/>.</summary>
    public bool HasLeft => State.HasLeft;

    /// <summary>Hands over the watched messages that left since the last call; false if none.</summary>
    public bool TakeLeft(List<MessagePlace> left) => State.TakeLeft(left);

    internal AccountLimits? LimitsOf(string account) => _limitsOf?.Invoke(account);

    /// <summary>Those that hold for what the queue gets.</summary>
    internal AccountLimits? LimitsOf(Queue queue) => queue.Name.IsWeirs ? null : LimitsOf(queue.Name.Account);

    /// <summary>Writes a record to the frame and makes the change that it says.</summary>
    internal void Emit<T>(ref T record)
        where T : struct, IRecord<T>
    {
        var output = _output ?? throw new InvalidOperationException("There is no frame to write to.");
        var span = output.GetSpan(RecordHeaderLength + record.BytesMax);
        var writer = new SpanWriter(span[RecordHeaderLength..], _segment, _offset + RecordHeaderLength);
        record.Write(ref writer);
        BinaryPrimitives.WriteInt32LittleEndian(span, writer.Position + 1);
        span[sizeof(int)] = (byte)T.Type;
        var written = RecordHeaderLength + writer.Position;
        output.Advance(written);
        _offset += (uint)written;
        RecordCount++;
        record.Apply(State);
    }

    internal void Emit<T>(T record)
        where T : struct, IRecord<T> => Emit(ref record);
}
