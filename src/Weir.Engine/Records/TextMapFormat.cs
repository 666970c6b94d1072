using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A map of names to texts on disk, in order of the names.</summary>
internal static class TextMapFormat
{
    public static int BytesMax(ImmutableSortedDictionary<string, string> map)
    {
        var bytes = sizeof(int);
        foreach (var (name, value) in map) bytes += SpanWriter.BytesMax(name) + SpanWriter.BytesMax(value);
        return bytes;
    }

    public static void Write(ref SpanWriter writer, ImmutableSortedDictionary<string, string> map)
    {
        writer.Int32(map.Count);
        foreach (var (name, value) in map)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    public static ImmutableSortedDictionary<string, string> Read(ref SpanReader reader)
    {
        var count = reader.Int32();
        if (count < 0 || count > reader.Remaining) throw new StateCorruptException($"a map of {count} entries");
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++) map[reader.TextRequired()] = reader.TextRequired();
        return map.ToImmutable();
    }
}
