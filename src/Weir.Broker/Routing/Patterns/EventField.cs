namespace Weir.Broker.Routing.Patterns;

internal enum FieldKind : byte
{
    Text,
    Number,
    True,
    False,
    Null,

    /// <summary>There, but nothing that a test could match: a binary attribute.</summary>
    Opaque,
}

/// <summary>One value of an event: a leaf of its JSON, or an attribute.</summary>
/// <param name="Name">Its last name, in <see cref="EventFields"/>' table.</param>
/// <param name="Element">The innermost array element around it, in <see cref="EventFields"/>' table.</param>
internal readonly record struct EventField(FieldKind Kind, int Name, int Element, int TextStart, int TextLength);

/// <summary>A name within an event, and the names above it.</summary>
/// <param name="Hash">Of the whole path, dots included, so that a set of patterns finds it with one look.</param>
internal readonly record struct FieldName(int Parent, int TextStart, int TextLength, ulong Hash);

/// <summary>An object or array that is an element of an array. Element 0 is the event itself.</summary>
internal readonly record struct ArrayElement(int Parent, int Array);
