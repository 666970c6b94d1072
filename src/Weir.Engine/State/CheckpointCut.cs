using System.Buffers;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;

namespace Weir.Engine.State;

/// <summary>
/// The state as it was between two frames, taken piece by piece while the shard goes on, and written by any thread.
/// </summary>
// How it stays an image of one moment: each queue is copied before its first change after that moment. Whatever changes
// a queue goes through Queue.Advance, which calls Cover; the rest is covered by Continue, a few at a time. A copy is
// cheap: backlogs and dedup windows give a snapshot of their chunks. Only entries are copied one by one, and they in
// turn before their first change (Queue.Touch), the rest by Continue.
public sealed class CheckpointCut
{
    /// <summary>Entries that are copied in about the time that one queue without any takes.</summary>
    private const int EntriesPerUnit = 4;

    private readonly ShardState _state;
    private readonly Queue[] _queues;
    private readonly byte[] _head;
    private readonly byte[] _moveTasks;
    private readonly DefinitionCatalog _definitions;
    private readonly List<QueueCut> _covered;
    private readonly CutBuffer _buffer = new();
    private readonly Queue<(Queue Queue, QueueCut Cut)> _incomplete = new();
    private readonly long _nowUnixMs;
    private int _next;

    internal CheckpointCut(ShardState state)
    {
        _state = state;
        _nowUnixMs = state.NowUnixMs;
        Number = ++state.CutNumber;
        state.ForgetDeletedNames();
        _queues = [.. state.Queues];
        _covered = new List<QueueCut>(_queues.Length);
        _definitions = state.Definitions;
        _head = Bytes(output => CheckpointFormat.WriteHead(state, output));
        _moveTasks = Bytes(output => CheckpointFormat.WriteMoveTasks(state.Tasks, output));
        state.Cut = this;
    }

    /// <summary>True when every queue is covered, and the image can be written.</summary>
    public bool IsComplete => _next == _queues.Length && _incomplete.Count == 0;

    internal int Number { get; }

    /// <summary>Covers some more queues; the shard's thread, between commands.</summary>
    /// <param name="units">About as many queues with few entries; a unit is about a microsecond.</param>
    public void Continue(int units)
    {
        while (!IsComplete && units > 0)
        {
            units--;
            if (_incomplete.Count > 0) units -= Complete(units);
            else Cover(Next());
        }

        if (IsComplete && ReferenceEquals(_state.Cut, this)) _state.Cut = null;
    }

    /// <summary>Writes the image when it is complete, once; any thread.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        if (!IsComplete) throw new InvalidOperationException("The image is not complete.");
        output.Write(_head);
        _covered.Sort(static (left, right) => left.QueueId.CompareTo(right.QueueId));
        foreach (var queue in _covered) queue.Write(output);
        output.Write(_moveTasks);
        CheckpointFormat.WriteDefinitions(_definitions, output);
        _buffer.Release();
    }

    internal void Cover(Queue queue)
    {
        if (queue.CutNumber == Number) return;
        queue.AdvanceTo(_nowUnixMs);
        var cut = queue.TakeCut(Number, _buffer);
        _covered.Add(cut);
        _incomplete.Enqueue((queue, cut));
    }

    private Queue Next()
    {
        var queue = _queues[_next];
        _queues[_next++] = null!;
        return queue;
    }

    /// <summary>Copies entries of a queue that is covered; the units that it took.</summary>
    private int Complete(int units)
    {
        var (queue, cut) = _incomplete.Peek();
        var copied = cut.Continue((units + 1L) * EntriesPerUnit);
        if (cut.IsComplete)
        {
            queue.EndCut(cut);
            _incomplete.Dequeue();
        }

        return copied / EntriesPerUnit;
    }

    private static byte[] Bytes(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
