using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// A part of the account that comes in: an item as a checkpoint has it, with the content of its message if it is one.
/// </summary>
internal record struct ItemImported(ItemType Kind, ReadOnlyMemory<byte> Item, ReadOnlyMemory<byte>? Content)
    : IRecord<ItemImported>
{
    public static RecordType Type => RecordType.ItemImported;

    /// <summary>Of the checkpoint format that the item is written in.</summary>
    public int Version { get; private init; } = CheckpointFormat.Version;

    /// <summary>Known once the record was written or read.</summary>
    public PayloadRef? Payload { get; private set; } = null;

    public readonly int BytesMax => (3 * sizeof(int)) + 2 + Item.Length
        + (Content is { } content ? Engine.Payload.StoredLength(content.Length) : 0);

    public static ItemImported Read(ref SpanReader reader)
    {
        var version = reader.Int32();
        if (version is < CheckpointFormat.VersionMin or > CheckpointFormat.Version)
            throw new StateCorruptException($"an item of checkpoint version {version}");
        var kind = (ItemType)reader.Byte();
        var item = reader.Bytes(reader.Int32()).ToArray();
        var hasContent = reader.Bool();
        return new ItemImported(kind, item, null)
        {
            Version = version, Payload = hasContent ? reader.Payload() : null,
        };
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int32(Version);
        writer.Byte((byte)Kind);
        writer.Blob(Item.Span);
        writer.Bool(Content is not null);
        if (Content is { } content) Payload = writer.Payload(content.Span);
    }

    public readonly void Apply(ShardState state)
    {
        var reader = new SpanReader(Item.Span, 0, 0);
        state.GetStaged().Read(Kind, ref reader, Payload, state);
    }
}
