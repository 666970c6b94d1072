using System.Text.Unicode;

namespace Weir.Protocols.Aws.Codec;

/// <summary>Reads the fields of a Query request, from its URL and its form body, into a tree.</summary>
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
//   request = field *( "&" field )       field = name [ "=" value ]       name = segment *( "." segment )
// The dots make a tree of structures; which of these are lists and maps shows when they are asked for (QueryShape).
internal static class QueryInputReader
{
    /// <summary>PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue has eight.</summary>
    private const int SegmentsMax = 8;

    public static void Read(ReadOnlyMemory<byte> url, ReadOnlyMemory<byte> form, InputTree tree)
    {
        tree.Reset(WireDialect.Query, default, decodedBytesMax: url.Length + form.Length);
        ReadFields(url.Span, tree);
        ReadFields(form.Span, tree);
    }

    private static void ReadFields(ReadOnlySpan<byte> fields, InputTree tree)
    {
        while (!fields.IsEmpty && tree.Fault is null)
        {
            var end = fields.IndexOf((byte)'&');
            var field = end < 0 ? fields : fields[..end];
            fields = end < 0 ? default : fields[(end + 1)..];
            if (!field.IsEmpty) ReadField(field, tree);
        }
    }

    private static void ReadField(ReadOnlySpan<byte> field, InputTree tree)
    {
        var equals = field.IndexOf((byte)'=');
        var name = equals < 0 ? field : field[..equals];
        var value = equals < 0 ? default : field[(equals + 1)..];
        if (TryDecode(name, tree, out var nameRange) && TryDecode(value, tree, out var valueRange))
            AddField(nameRange, valueRange, tree);
        else
            tree.RefuseForm("A field of the request is not percent-encoded UTF-8.");
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, InputTree tree, out TextRange range)
    {
        range = default;
        if (text.IsEmpty) return true;
        var area = tree.DecodeArea(text.Length);
        if (!PercentDecoder.TryDecode(text, area, out var length) || !Utf8.IsValid(area[..length])) return false;
        range = tree.CommitDecoded(length);
        return true;
    }

    private static void AddField(TextRange name, TextRange value, InputTree tree)
    {
        var parent = InputTree.Root;
        for (var segments = 1; segments <= SegmentsMax; segments++)
        {
            var dot = tree.Bytes(name).Span.IndexOf((byte)'.');
            if (dot < 0)
            {
                AddLeaf(parent, name, value, tree);
                return;
            }

            parent = Descend(parent, name with { Length = dot }, tree);
            if (parent == InputTree.None) return;
            name = name with { Start = name.Start + dot + 1, Length = name.Length - dot - 1 };
        }

        tree.RefuseForm($"A field's name has more than {SegmentsMax} parts.");
    }

    private static int Descend(int parent, TextRange segment, InputTree tree)
    {
        var child = tree.Find(parent, tree.Bytes(segment).Span);
        if (child == InputTree.None) return tree.Add(parent, InputKind.Structure, segment, default);
        if (tree[child].Kind == InputKind.Structure) return child;
        tree.RefuseForm($"{tree.NameText(child)} is a value and has members too.");
        return InputTree.None;
    }

    private static void AddLeaf(int parent, TextRange name, TextRange value, InputTree tree)
    {
        if (tree.Find(parent, tree.Bytes(name).Span) is var twin and not InputTree.None)
            tree.RefuseForm($"{tree.NameText(twin)} is there twice.");
        else
            _ = tree.Add(parent, InputKind.Text, name, value);
    }
}
