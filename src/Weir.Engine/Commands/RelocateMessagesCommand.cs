using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>
/// Writes contents again so that their segments can be recycled. What was deleted or moved meanwhile is left out.
/// </summary>
public sealed class RelocateMessagesCommand : Command<Done>
{
    private const int FieldsBytesMax = 32;

    private readonly IReadOnlyList<Relocation> _messages;
    private readonly ReadOnlyMemory<byte>[] _contents;

    /// <summary>Reads the contents; any thread, as long as their segments are pinned.</summary>
    /// <exception cref="StateCorruptException">A content does not match its checksum.</exception>
    public RelocateMessagesCommand(IReadOnlyList<Relocation> messages, ReadLog readLog)
    {
        _messages = messages;
        _contents = [.. messages.Select(message => Payload.Read(message.Location, readLog))];
        RecordBytesMax = _contents.Sum(content => FieldsBytesMax + content.Length);
    }

    public override string? Account => null;

    public override int RecordBytesMax { get; }

    public override int HeldBytes => RecordBytesMax;

    internal override Outcome<Done> Execute(Shard shard)
    {
        for (var i = 0; i < _contents.Length; i++)
        {
            var (queueId, sequence, location, _) = _messages[i];
            if (shard.State.FindById(queueId)?.FindPayload(sequence) != location) continue;
            var record = new MessageRelocated(queueId, sequence, _contents[i]);
            shard.Emit(ref record);
        }

        return default(Done);
    }
}
