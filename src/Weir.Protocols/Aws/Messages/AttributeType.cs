namespace Weir.Protocols.Aws.Messages;

/// <summary>The data types of message attributes: String, Number or Binary, each with a label of one's own.</summary>
//   type = ( "String" / "Number" / "Binary" ) [ "." label ]
internal static class AttributeType
{
    public const string Text = "String";
    public const string Number = "Number";
    public const string Binary = "Binary";

    private const int LengthMax = 256;

    public static bool IsBinary(string type) => Is(type, Binary);

    public static bool IsNumber(string type) => Is(type, Number);

    public static bool IsValid(string type) =>
        type.Length <= LengthMax && !type.AsSpan().ContainsAnyInRange('\0', '\u001F')
        && (Is(type, Text) || Is(type, Number) || Is(type, Binary));

    private static bool Is(string type, string kind) =>
        type.StartsWith(kind, StringComparison.Ordinal) && (type.Length == kind.Length || type[kind.Length] == '.');
}
