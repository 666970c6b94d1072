using Microsoft.Extensions.ObjectPool;
using Weir.Broker.Messages;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// What an event offers to be matched: its values, each with its path and the array elements that it lies in. Arrays
/// themselves leave no trace in a path: <c>{"a":[{"b":1}]}</c> has the path <c>a.b</c>. To be reused: it keeps its
/// memory. One thread at a time.
/// </summary>
public sealed class EventFields
{
    /// <summary>What the services take; https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html.
    /// </summary>
    public const int DepthMax = 1_000;

    private const int TextBytesKept = 256 * 1024;
    private const ulong HashBasis = 14695981039346656037;
    private const ulong HashPrime = 1099511628211;

    private static readonly DefaultObjectPool<EventFields> Pool = new(new DefaultPooledObjectPolicy<EventFields>());

    private readonly List<EventField> _fields = [];
    private readonly List<FieldName> _names = [];
    private readonly List<ArrayElement> _elements = [];
    private byte[] _text = new byte[1_024];
    private int _textLength;

    public EventFields() => Reset();

    /// <summary>An empty one, to be given back by <see cref="Return"/>.</summary>
    public static EventFields Rent() => Pool.Get();

    /// <summary>The levels around the value that is being read.</summary>
    internal Stack<JsonLevel> Levels { get; } = new();

    internal int Count => _fields.Count;

    internal int ElementCount => _elements.Count;

    internal EventField this[int index] => _fields[index];

    public void Return()
    {
        Reset();
        if (_text.Length <= TextBytesKept) Pool.Return(this);
    }

    public void Reset()
    {
        _fields.Clear();
        _names.Clear();
        _elements.Clear();
        Levels.Clear();
        _textLength = 0;
        _names.Add(new(-1, 0, 0, HashBasis));
        _elements.Add(new(-1, -1));
    }

    /// <summary>Takes the place of what was read before.</summary>
    /// <returns>False when it is not JSON, or nested deeper than <see cref="DepthMax"/>: then it has no fields.
    /// </returns>
    public bool TryReadJson(ReadOnlySpan<byte> utf8Json)
    {
        Reset();
        if (JsonFieldReader.TryRead(utf8Json, this)) return true;
        Reset();
        return false;
    }

    /// <summary>Takes the place of what was read before. A String.Array offers each of its elements.</summary>
    public void ReadAttributes(IReadOnlyList<MessageAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Reset();
        for (var i = 0; i < attributes.Count; i++) AttributeFieldReader.Read(attributes[i], this);
    }

    internal ArrayElement Element(int index) => _elements[index];

    internal ulong HashOf(in EventField field) => _names[field.Name].Hash;

    internal ReadOnlySpan<byte> TextOf(in EventField field) => _text.AsSpan(field.TextStart, field.TextLength);

    /// <summary>Compares from the last name to the first.</summary>
    internal bool HasPath(in EventField field, ReadOnlySpan<byte> path)
    {
        for (var name = _names[field.Name]; ; name = _names[name.Parent])
        {
            if (!path.EndsWith(_text.AsSpan(name.TextStart, name.TextLength))) return false;
            path = path[..^name.TextLength];
            if (name.Parent <= 0) return path.IsEmpty;
            if (path.IsEmpty || path[^1] != '.') return false;
            path = path[..^1];
        }
    }

    internal static ulong Hash(ReadOnlySpan<byte> path)
    {
        var hash = HashBasis;
        foreach (var value in path) hash = (hash ^ value) * HashPrime;
        return hash;
    }

    /// <summary>Room for a text of that length, of which <see cref="AddName"/> or <see cref="AddField"/> says how much
    /// is used.</summary>
    internal Span<byte> TextRoom(int length)
    {
        if (_text.Length - _textLength < length)
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _textLength + length));
        return _text.AsSpan(_textLength, length);
    }

    internal int AddName(int parent, int length)
    {
        var hash = _names[parent].Hash;
        if (parent > 0) hash = (hash ^ '.') * HashPrime;
        foreach (var value in _text.AsSpan(_textLength, length)) hash = (hash ^ value) * HashPrime;
        _names.Add(new(parent, _textLength, length, hash));
        _textLength += length;
        return _names.Count - 1;
    }

    internal int AddElement(int parent, int array)
    {
        _elements.Add(new(parent, array));
        return _elements.Count - 1;
    }

    internal void AddField(FieldKind kind, int name, int element, int length)
    {
        _fields.Add(new(kind, name, element, _textLength, length));
        _textLength += length;
    }
}
