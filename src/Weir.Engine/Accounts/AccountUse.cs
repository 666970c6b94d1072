using System.Collections.Immutable;

namespace Weir.Engine.Accounts;

/// <summary>
/// What an account has, kept up to date with each change and never stored: a checkpoint is counted again when it is
/// read. Written by the shard's thread; any may read, and finds each figure as it is or just was.
/// </summary>
/// <remarks>
/// Time takes effect on a queue when somebody looks at it. So what has expired, or is leased no longer, may count until
/// then; an account that would be refused has its queues looked at first.
/// </remarks>
public sealed class AccountUse
{
    /// <summary>The slots of limits, where refusals are counted.</summary>
    public const int MessagesSlot = 0;

    public const int BytesSlot = 1;
    public const int InFlightSlot = 2;
    public const int QueuesSlot = 3;

    /// <summary>The first one for <see cref="DefinitionLimit.Slot"/>.</summary>
    public const int DefinitionSlots = 4;

    public const int SlotsMax = 8;

    private readonly long[] _refused = new long[SlotsMax];
    private readonly long[] _sinceUnixMs = new long[SlotsMax];
    private readonly long[] _lastUnixMs = new long[SlotsMax];
    private long _messages;
    private long _bytes;
    private long _inFlight;
    private long _queues;
    private int _queuesOfAllKinds;

    /// <summary>By their scopes' kind: those under an empty name, and the others. Replaced whole.</summary>
    private ImmutableDictionary<string, (long Heads, long Named)> _definitions =
        ImmutableDictionary.Create<string, (long, long)>(StringComparer.Ordinal);

    /// <summary>Queues in which a receive found no room for the account; null: none.</summary>
    private HashSet<Queues.Queue>? _held;

    internal AccountUse(string account) => Account = account;

    public string Account { get; }

    public long Messages => _messages;

    public long Bytes => _bytes;

    public long InFlight => _inFlight;

    public long Queues => _queues;

    /// <summary>Where to go on looking at the account's queues; null: at the first.</summary>
    internal QueueName? LookNext { get; set; }

    internal long LookedUnixMs { get; set; } = long.MinValue;

    /// <summary>True when nothing refers to it and nothing would be forgotten with it.</summary>
    internal bool IsEmpty => _queuesOfAllKinds == 0 && _definitions.IsEmpty
        && Array.TrueForAll(_refused, static refused => refused == 0);

    /// <summary>Definitions of a kind.</summary>
    /// <param name="isNamed">False: those under an empty name.</param>
    public long DefinitionsOf(string kind, bool isNamed)
    {
        var (heads, named) = _definitions.GetValueOrDefault(kind);
        return isNamed ? named : heads;
    }

    /// <summary>What was refused for a limit since the process started: messages, receives, or things to make.
    /// </summary>
    public long RefusedFor(int slot) => _refused[slot];

    /// <summary>When the limit was first found reached, without being found not to be since; 0: it is not.</summary>
    public long ReachedUnixMs(int slot) => _sinceUnixMs[slot];

    /// <summary>When something was last refused for the limit; 0: never.</summary>
    public long RefusedUnixMs(int slot) => _lastUnixMs[slot];

    internal void Add(long messages, long bytes, long inFlight)
    {
        _messages += messages;
        _bytes += bytes;
        _inFlight += inFlight;
        if (inFlight < 0) Release();
    }

    internal void AddQueue(int count, bool isInternal)
    {
        _queuesOfAllKinds += count;
        if (!isInternal) _queues += count;
    }

    internal void AddDefinitions(string kind, long heads, long named)
    {
        var before = _definitions.GetValueOrDefault(kind);
        var (allHeads, allNamed) = (before.Heads + heads, before.Named + named);
        _definitions = (allHeads | allNamed) == 0
            ? _definitions.Remove(kind)
            : _definitions.SetItem(kind, (allHeads, allNamed));
    }

    /// <summary>Something is refused for a limit.</summary>
    internal void Refuse(int slot, long nowUnixMs)
    {
        if (_sinceUnixMs[slot] == 0) _sinceUnixMs[slot] = nowUnixMs;
        _lastUnixMs[slot] = nowUnixMs;
        _refused[slot]++;
    }

    /// <summary>The limit was found not to be reached.</summary>
    internal void Pass(int slot)
    {
        if (_sinceUnixMs[slot] != 0) _sinceUnixMs[slot] = 0;
    }

    /// <summary>Receives of the queue wait until fewer of the account's messages are in flight.</summary>
    internal void Hold(Queues.Queue queue) => (_held ??= []).Add(queue);

    private void Release()
    {
        if (_held is not { } held) return;
        _held = null;
        foreach (var queue in held) queue.Changed();
    }
}
