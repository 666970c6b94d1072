using System.Buffers;
using System.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// What a request says, whatever protocol it was said in: a table of nodes over the request's own bytes. Reused from
/// request to request; nothing is allocated per member. The first fault that is found stays.
/// </summary>
// Invariants: every index in a node is None or below _count; a node's siblings have one parent; ranges lie within
// _raw or within the used part of _decoded. The tree belongs to one request, hence to one thread at a time.
internal sealed class InputTree
{
    public const int None = -1;
    public const int Root = 0;

    /// <summary>The largest real request, a batch of ten messages with ten attributes each, needs about 600.</summary>
    public const int NodesMax = 2048;

    private const int NodesKept = 256;

    private InputNode[] _nodes = new InputNode[64];
    private int _count;
    private ReadOnlyMemory<byte> _raw;
    private byte[] _decoded = [];
    private int _decodedLength;

    public WireDialect Dialect { get; private set; }

    public AwsError? Fault { get; private set; }

    public InputValue RootValue => new(this, Root);

    public void Reset(WireDialect dialect, ReadOnlyMemory<byte> raw, int decodedBytesMax)
    {
        Release();
        Dialect = dialect;
        _raw = raw;
        if (decodedBytesMax > 0) _decoded = ArrayPool<byte>.Shared.Rent(decodedBytesMax);
        _ = Add(None, InputKind.Structure, default(TextRange), default(TextRange));
    }

    /// <summary>Gives back what was rented; nothing read from the tree may be used after it.</summary>
    public void Release()
    {
        if (_decoded.Length > 0) ArrayPool<byte>.Shared.Return(_decoded);
        if (_nodes.Length > NodesKept) _nodes = new InputNode[64];
        _decoded = [];
        _decodedLength = 0;
        _count = 0;
        _raw = default;
        Fault = null;
    }

    public void Refuse(AwsError fault) => Fault ??= fault;

    public void RefuseForm(string reason) => Refuse(
        Dialect == WireDialect.Json ? AwsErrors.Serialization(reason) : AwsErrors.MalformedQuery(reason));

    public int Add(int parent, InputKind kind, TextRange name, TextRange value)
    {
        if (_count == NodesMax)
        {
            RefuseForm($"The request has more than {NodesMax} members.");
            return None;
        }

        if (_count == _nodes.Length) Array.Resize(ref _nodes, _count * 2);
        _nodes[_count] = new InputNode
        {
            Kind = kind, Name = name, Value = value, Next = None, FirstChild = None, LastChild = None,
        };
        if (parent != None) Link(parent, _count);
        return _count++;
    }

    /// <summary>Adds a text that is not in the request's body.</summary>
    public int Add(int parent, InputKind kind, string name, string value)
    {
        var nameRange = CommitDecoded(Encoding.UTF8.GetBytes(name, DecodeArea(Encoding.UTF8.GetByteCount(name))));
        var valueRange = CommitDecoded(Encoding.UTF8.GetBytes(value, DecodeArea(Encoding.UTF8.GetByteCount(value))));
        return Add(parent, kind, nameRange, valueRange);
    }

    public ref InputNode this[int node] => ref _nodes[node];

    public ReadOnlyMemory<byte> Bytes(TextRange range) =>
        range.IsDecoded ? _decoded.AsMemory(range.Start, range.Length) : _raw.Slice(range.Start, range.Length);

    public ReadOnlySpan<byte> NameOf(int node) => Bytes(_nodes[node].Name).Span;

    public string NameText(int node) => Encoding.UTF8.GetString(NameOf(node));

    /// <summary>Room for text to be unescaped into; <see cref="CommitDecoded"/> keeps what was written.</summary>
    public Span<byte> DecodeArea(int length)
    {
        if (_decoded.Length == 0) _decoded = ArrayPool<byte>.Shared.Rent(Math.Max(_raw.Length, 1));
        return _decoded.AsSpan(_decodedLength, length);
    }

    public TextRange CommitDecoded(int length)
    {
        var range = new TextRange(_decodedLength, length, IsDecoded: true);
        _decodedLength += length;
        return range;
    }

    /// <summary>The only child of that name; a name that is there twice is a fault.</summary>
    public int Find(int parent, ReadOnlySpan<byte> name)
    {
        var found = None;
        for (var child = _nodes[parent].FirstChild; child != None; child = _nodes[child].Next)
        {
            if (_nodes[child].Name.Length != name.Length || !NameOf(child).SequenceEqual(name)) continue;
            if (found != None) RefuseForm($"{NameText(child)} is there twice.");
            found = child;
        }

        return found;
    }

    /// <summary>Makes <paramref name="children"/>, in this order, the node's only children.</summary>
    public void Relink(int parent, ReadOnlySpan<int> children)
    {
        _nodes[parent].FirstChild = _nodes[parent].LastChild = None;
        foreach (var child in children)
        {
            _nodes[child].Next = None;
            Link(parent, child);
        }
    }

    private void Link(int parent, int child)
    {
        ref var node = ref _nodes[parent];
        if (node.LastChild == None) node.FirstChild = child;
        else _nodes[node.LastChild].Next = child;
        node.LastChild = child;
    }
}
