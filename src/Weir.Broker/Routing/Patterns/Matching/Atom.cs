namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>Ordered by how late a rule asks for it: what a value must meet first, what most events meet last.</summary>
internal enum AtomKind : byte
{
    /// <summary>Met when some value meets it: values look it up.</summary>
    Met,

    /// <summary>Met when the field is there.</summary>
    Present,

    /// <summary>Met when the field has a value that is not excluded: values look the exclusions up.</summary>
    AnythingBut,

    /// <summary>Met when the field is not there.</summary>
    Absent,
}

/// <summary>One test of one field, shared by all rules that ask for it.</summary>
internal readonly record struct Atom(AtomKind Kind, int Field);

/// <summary>A field and what it is asked: met when any of its atoms is.</summary>
internal sealed record Condition(int[] Atoms);

/// <summary>Conditions that are all to be met, and the rule that then matches.</summary>
internal sealed record Conjunction(int Rule, Condition[] Conditions);
