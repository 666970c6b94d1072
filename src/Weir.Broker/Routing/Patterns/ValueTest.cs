namespace Weir.Broker.Routing.Patterns;

internal enum TestKind : byte
{
    Text,
    TextIgnoringCase,
    Prefix,
    PrefixIgnoringCase,
    Suffix,
    SuffixIgnoringCase,
    Wildcard,
    Number,
    NumberRange,
    Cidr,
    True,
    False,
    Null,
    Present,
    Absent,
    AnythingBut,
}

/// <summary>What one entry of a field's list asks of a value. Kind and operand together are its identity.</summary>
internal sealed class ValueTest(TestKind kind, string operand = "")
{
    public TestKind Kind { get; } = kind;

    public string Operand { get; } = operand;

    /// <summary>A text in UTF-8 (folded where case is ignored), a wildcard's steps, or a number's key.</summary>
    public byte[] Bytes { get; init; } = [];

    public NumberRange Range { get; init; }

    public CidrBlock Block { get; init; }

    /// <summary>What anything-but excludes.</summary>
    public IReadOnlyList<ValueTest> Except { get; init; } = [];
}

/// <summary>A field and what it is asked: any one of the tests.</summary>
/// <param name="Path">The names from the event's root, joined by dots, in UTF-8.</param>
internal sealed record FieldCondition(byte[] Path, IReadOnlyList<ValueTest> Tests, int Depth);
