namespace Weir.Protocols.Aws.Codec;

internal enum WireDialect : byte
{
    Json,
    Query,
}

internal enum InputKind : byte
{
    Null,
    Text,
    Number,
    Boolean,
    Structure,
    List,

    /// <summary>A text of REST-JSON's path or query string, which can also be meant as a number.</summary>
    Parameter,
}

/// <summary>Where a piece of text lies: in the request as it came, or among what was unescaped from it.</summary>
internal readonly record struct TextRange(int Start, int Length, bool IsDecoded);

/// <summary>One value of a request, linked to its siblings and children by index into the tree's table.</summary>
internal struct InputNode
{
    public InputKind Kind;

    /// <summary>A Query list or map that was brought into the JSON form already.</summary>
    public bool IsShaped;

    public TextRange Name;
    public TextRange Value;
    public int Next;
    public int FirstChild;
    public int LastChild;
}
