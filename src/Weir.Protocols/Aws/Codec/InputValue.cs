using System.Buffers.Text;
using System.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// A value of a request, or its absence. Each accessor gives null for what is absent, and notes a fault in the tree and
/// gives null for what is of another type; so a caller reads all it needs and looks at the fault once.
/// </summary>
internal readonly struct InputValue(InputTree tree, int node)
{
    public bool IsAbsent => node == InputTree.None;

    /// <summary>The key of a map's entry.</summary>
    public string Name => tree.NameText(node);

    public InputValue this[Member member]
    {
        get
        {
            if (IsAbsent || !Is(InputKind.Structure, "a structure")) return new(tree, InputTree.None);
            var found = tree.Find(node, tree.Dialect == WireDialect.Json ? member.Json : member.Query);
            var isNull = found != InputTree.None && tree[found].Kind == InputKind.Null;
            return new(tree, isNull ? InputTree.None : found);
        }
    }

    /// <summary>A member that must be there and not be empty.</summary>
    public InputValue Required(Member member)
    {
        var value = this[member];
        if (value.IsAbsent || value.IsEmptyText) tree.Refuse(AwsErrors.MissingParameter(member.Name));
        return value;
    }

    public string? Text() => Utf8() is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    /// <summary>Valid only until the request is answered.</summary>
    public ReadOnlyMemory<byte>? Utf8()
    {
        // As a conditional expression this would give empty memory for null: memory converts from a null array.
        if (IsAbsent || (!IsParameter && !Is(InputKind.Text, "a string"))) return null;
        return tree.Bytes(tree[node].Value);
    }

    public int? Integer()
    {
        if (IsAbsent) return null;
        var isQuery = tree.Dialect == WireDialect.Query;
        if (!IsParameter && !Is(isQuery ? InputKind.Text : InputKind.Number, "an integer")) return null;
        var digits = tree.Bytes(tree[node].Value).Span;
        if (Utf8Parser.TryParse(digits, out int value, out var consumed) && consumed == digits.Length) return value;
        if (isQuery)
            tree.Refuse(AwsErrors.InvalidParameter(Name, Encoding.UTF8.GetString(digits), "Must be an integer."));
        else
            tree.RefuseForm($"{Name} is not a 32-bit integer.");
        return null;
    }

    /// <summary>Only in JSON.</summary>
    public bool? Boolean()
    {
        if (IsAbsent || !Is(InputKind.Boolean, "true or false")) return null;
        return tree.Bytes(tree[node].Value).Span.SequenceEqual("true"u8);
    }

    /// <summary>Only in JSON; what a double holds of it.</summary>
    public double? Number()
    {
        if (IsAbsent || !Is(InputKind.Number, "a number")) return null;
        if (Utf8Parser.TryParse(tree.Bytes(tree[node].Value).Span, out double value, out _)) return value;
        tree.RefuseForm($"{Name} is not a number of this size.");
        return null;
    }

    /// <summary>Base64 in both protocols.</summary>
    public byte[]? Blob()
    {
        if (Utf8() is not { } text) return null;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text.Span, bytes, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            tree.RefuseForm($"{Name} is not base64.");
            return null;
        }

        return bytes[..written];
    }

    public InputItems Items()
    {
        if (IsAbsent) return default;
        if (tree.Dialect == WireDialect.Query && tree[node].Kind == InputKind.Structure) QueryShape.AsList(tree, node);
        return Is(InputKind.List, "a list") ? new InputItems(tree, tree[node].FirstChild) : default;
    }

    /// <summary>The entries of a map, each under its <see cref="Name"/>.</summary>
    public InputItems Entries(Member member)
    {
        if (IsAbsent) return default;
        if (tree.Dialect == WireDialect.Query && tree[node].Kind == InputKind.Structure)
            QueryShape.AsMap(tree, node, member);
        return Is(InputKind.Structure, "a map") ? new InputItems(tree, tree[node].FirstChild) : default;
    }

    private bool IsParameter => tree[node].Kind == InputKind.Parameter;

    private bool IsEmptyText =>
        tree[node].Kind is InputKind.Text or InputKind.Parameter && tree[node].Value.Length == 0;

    private bool Is(InputKind kind, string wanted)
    {
        if (tree[node].Kind == kind) return true;
        tree.RefuseForm(node == InputTree.Root ? $"The request is not {wanted}." : $"{Name} is not {wanted}.");
        return false;
    }
}
