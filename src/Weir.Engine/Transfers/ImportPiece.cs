using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>A part of an account: a checkpoint's item with its message's content, or a run with all contents.</summary>
internal readonly record struct ImportPiece
{
    private readonly ItemImported _item;
    private readonly Message[]? _run;
    private readonly ReadOnlyMemory<byte>[] _contents;

    public ImportPiece(ItemType type, ReadOnlyMemory<byte> item, ReadOnlyMemory<byte>? content = null)
    {
        (_item, _contents) = (new ItemImported(type, item, content), []);
        BytesMax = _item.BytesMax + Shard.RecordHeaderLength;
    }

    public ImportPiece(Message[] run, ReadOnlyMemory<byte>[] contents)
    {
        (_run, _contents) = (run, contents);
        BytesMax = new RunImported(run, contents).BytesMax + Shard.RecordHeaderLength;
    }

    /// <summary>Of its record.</summary>
    public int BytesMax { get; }

    public void Emit(Shard shard)
    {
        if (_run is null)
        {
            var item = _item;
            shard.Emit(ref item);
            return;
        }

        var run = new RunImported(_run, _contents);
        shard.Emit(ref run);
    }
}
