using System.Text.Json;

namespace Weir.Broker.Routing.Patterns;

/// <summary>An object or array that is being read.</summary>
/// <param name="Parent">Its own name.</param>
/// <param name="Name">Within an object, the name of the value that comes next.</param>
/// <param name="Array">Which array this is, or -1 for an object.</param>
internal record struct JsonLevel(int Parent, int Name, int Element, int Array);

/// <summary>The values of a JSON text, in one pass, without recursion.</summary>
internal ref struct JsonFieldReader
{
    private readonly EventFields _fields;
    private Utf8JsonReader _json;
    private JsonLevel _level;
    private int _arrays;

    private JsonFieldReader(ReadOnlySpan<byte> utf8Json, EventFields fields)
    {
        _fields = fields;
        _json = new(utf8Json, new JsonReaderOptions { MaxDepth = EventFields.DepthMax });
    }

    public static bool TryRead(ReadOnlySpan<byte> utf8Json, EventFields fields)
    {
        var reader = new JsonFieldReader(utf8Json, fields);
        try
        {
            reader.Read();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A text that is no UTF-8, or that escapes half of a surrogate pair.
            return false;
        }
    }

    private void Read()
    {
        _level = new(0, 0, 0, -1);
        while (_json.Read())
        {
            switch (_json.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _level.Name = _fields.AddName(_level.Parent, CopyText());
                    break;
                case JsonTokenType.StartObject:
                    Enter(-1);
                    break;
                case JsonTokenType.StartArray:
                    Enter(_arrays++);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _level = _fields.Levels.Pop();
                    break;
                default:
                    AddValue();
                    break;
            }
        }
    }

    private void Enter(int array)
    {
        var element = _level.Array < 0 ? _level.Element : _fields.AddElement(_level.Element, _level.Array);
        _fields.Levels.Push(_level);
        _level = new(_level.Name, _level.Name, element, array);
    }

    private void AddValue()
    {
        var (kind, length) = _json.TokenType switch
        {
            JsonTokenType.String => (FieldKind.Text, CopyText()),
            JsonTokenType.Number => (FieldKind.Number, CopyRaw()),
            JsonTokenType.True => (FieldKind.True, 0),
            JsonTokenType.False => (FieldKind.False, 0),
            _ => (FieldKind.Null, 0),
        };
        _fields.AddField(kind, _level.Name, _level.Element, length);
    }

    private readonly int CopyText() => _json.CopyString(_fields.TextRoom(_json.ValueSpan.Length));

    private readonly int CopyRaw()
    {
        _json.ValueSpan.CopyTo(_fields.TextRoom(_json.ValueSpan.Length));
        return _json.ValueSpan.Length;
    }
}
