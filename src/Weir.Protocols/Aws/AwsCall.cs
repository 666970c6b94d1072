using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>One request on its way through an operation. Reused by the endpoint, one request at a time.</summary>
internal sealed class AwsCall
{
    /// <summary>
    /// The pool gives the next power of two, and keeps what it gets back: a body of little more than 1 MiB would hold
    /// two, and many of them at once would go on holding them.
    /// </summary>
    private const int PooledBytesMax = 512 << 10;

    private readonly InputTree _tree = new();
    private readonly AnswerBuffer _buffer = new();
    private readonly JsonAnswerWriter _json;
    private readonly XmlAnswerWriter _xml;
    private readonly string? _publicUrl;
    private HttpContext? _context;
    private byte[] _rented = [];
    private Action? _onUnsent;

    public AwsCall(AwsBackend backend, Uri? publicUrl)
    {
        Backend = backend;
        _publicUrl = publicUrl?.AbsoluteUri.TrimEnd('/');
        _json = new JsonAnswerWriter(_buffer);
        _xml = new XmlAnswerWriter(_buffer);
    }

    public AwsBackend Backend { get; }

    public Broker.Broker Broker => Backend.Broker;

    public ILogger Log => Backend.Log;

    public WireDialect Dialect { get; private set; }

    public AwsIdentity Identity { get; set; }

    /// <summary>What of another account its policy opened to the caller; null: nothing.</summary>
    public string? GrantedArn { get; set; }

    public string RequestId { get; private set; } = "";

    public InputValue Input => _tree.RootValue;

    /// <summary>The first thing that is wrong with the input, if something is.</summary>
    public AwsError? Fault => _tree.Fault;

    public AnswerWriter Answer => Dialect == WireDialect.Json ? _json : _xml;

    public ReadOnlyMemory<byte> AnswerBytes => _buffer.Written;

    public HttpRequest Request => _context!.Request;

    public CancellationToken ClientGone => _context!.RequestAborted;

    /// <summary>What queue URLs begin with, without a slash at its end.</summary>
    public string BaseUrl => _publicUrl ?? $"{Request.Scheme}://{(Request.Host.HasValue ? Request.Host : "localhost")}";

    public void Start(HttpContext context, WireDialect dialect)
    {
        _context = context;
        Dialect = dialect;
        GrantedArn = null;
        RequestId = Broker.Ids.NewId().ToString();
    }

    public void Refuse(AwsError fault) => _tree.Refuse(fault);

    /// <param name="rest">Null: the body, or for Query body and query string, says all.</param>
    public void ReadInput(ReadOnlySequence<byte> body, RestCall? rest)
    {
        if (Dialect == WireDialect.Json)
        {
            JsonInputReader.Read(Contiguous(body, before: 0), _tree, rest?.Parameters ?? []);
            if (rest is not null) AddParameters(rest);
            return;
        }

        var url = Request.QueryString.HasValue ? Request.QueryString.Value.AsSpan(1) : default;
        var form = Contiguous(body, Encoding.UTF8.GetMaxByteCount(url.Length));
        var length = Encoding.UTF8.GetBytes(url, _rented);
        QueryInputReader.Read(_rented.AsMemory(0, length), form, _tree);
    }

    /// <summary>Forgets what was written so far.</summary>
    public void ClearAnswer() => _buffer.Clear();

    /// <summary>What is to be undone when the answer does not reach the client.</summary>
    public void OnUnsent(Action undo) => _onUnsent = undo;

    public void ReportUnsent()
    {
        _onUnsent?.Invoke();
        _onUnsent = null;
    }

    public void Release()
    {
        if (_rented.Length is > 0 and <= PooledBytesMax) ArrayPool<byte>.Shared.Return(_rented);
        _rented = [];
        _tree.Release();
        _buffer.Release();
        _onUnsent = null;
        _context = null;
    }

    private void AddParameters(RestCall rest)
    {
        foreach (var (name, value) in rest.Parameters)
        {
            if (!rest.IsList(name)) _ = _tree.Add(InputTree.Root, InputKind.Parameter, name, value);
        }

        foreach (var list in rest.Parameters.Where(one => rest.IsList(one.Key)).GroupBy(one => one.Key))
        {
            var node = _tree.Add(InputTree.Root, InputKind.List, list.Key, "");
            if (node == InputTree.None) return;
            foreach (var (_, value) in list) _ = _tree.Add(node, InputKind.Parameter, "", value);
        }
    }

    /// <summary>The body in one piece: as it lies when it is one already, else copied behind some room.</summary>
    private ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> body, int before)
    {
        var copied = body.IsSingleSegment ? 0 : checked((int)body.Length);
        var length = before + copied;
        if (length > PooledBytesMax) _rented = GC.AllocateUninitializedArray<byte>(length);
        else if (length > 0) _rented = ArrayPool<byte>.Shared.Rent(length);
        if (body.IsSingleSegment) return body.First;
        body.CopyTo(_rented.AsSpan(before));
        return _rented.AsMemory(before, copied);
    }
}
