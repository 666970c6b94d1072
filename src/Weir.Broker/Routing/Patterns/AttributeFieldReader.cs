using System.Text;
using System.Text.Json;
using Weir.Broker.Messages;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// A message attribute as fields of its name. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
/// </summary>
internal static class AttributeFieldReader
{
    private const string ArrayType = "String.Array";

    public static void Read(in MessageAttribute attribute, EventFields fields)
    {
        var room = fields.TextRoom(Encoding.UTF8.GetMaxByteCount(attribute.Name.Length));
        var name = fields.AddName(0, Encoding.UTF8.GetBytes(attribute.Name, room));
        var value = attribute.Value.Span;
        if (attribute.DataType == ArrayType && TryReadArray(value, name, fields)) return;
        var kind = Kind(attribute.DataType);
        if (kind == FieldKind.Opaque) value = default;
        value.CopyTo(fields.TextRoom(value.Length));
        fields.AddField(kind, name, 0, value.Length);
    }

    /// <summary>A sender may label a type: <c>Number.int</c>.</summary>
    private static FieldKind Kind(ReadOnlySpan<char> dataType)
    {
        var dot = dataType.IndexOf('.');
        return (dot < 0 ? dataType : dataType[..dot]) switch
        {
            "String" => FieldKind.Text,
            "Number" => FieldKind.Number,
            _ => FieldKind.Opaque,
        };
    }

    /// <summary>What lies deeper than the array's own elements is no value that a policy could name.</summary>
    private static bool TryReadArray(ReadOnlySpan<byte> json, int name, EventFields fields)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = EventFields.DepthMax });
            if (!IsArray(reader)) return false;
            _ = reader.Read();
            while (reader.Read() && reader.CurrentDepth > 0)
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) reader.Skip();
                else AddElement(reader, name, fields);
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Read to its end before a field is added, for a text that only begins as an array is none.</summary>
    private static bool IsArray(Utf8JsonReader reader)
    {
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void AddElement(in Utf8JsonReader reader, int name, EventFields fields)
    {
        var room = fields.TextRoom(reader.ValueSpan.Length);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                fields.AddField(FieldKind.Text, name, 0, reader.CopyString(room));
                break;
            case JsonTokenType.Number:
                reader.ValueSpan.CopyTo(room);
                fields.AddField(FieldKind.Number, name, 0, reader.ValueSpan.Length);
                break;
            case JsonTokenType.True:
                fields.AddField(FieldKind.True, name, 0, 0);
                break;
            case JsonTokenType.False:
                fields.AddField(FieldKind.False, name, 0, 0);
                break;
            default:
                fields.AddField(FieldKind.Null, name, 0, 0);
                break;
        }
    }
}
