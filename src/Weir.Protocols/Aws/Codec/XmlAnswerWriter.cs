using System.Buffers.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>Writes a Query answer: XML in which lists repeat their element and maps repeat a pair.</summary>
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
//   <OpResponse xmlns="..."><OpResult>members</OpResult><ResponseMetadata><RequestId/></ResponseMetadata></OpResponse>
//   <ErrorResponse xmlns="..."><Error><Type/><Code/><Message/><Detail/></Error><RequestId/></ErrorResponse>
internal sealed class XmlAnswerWriter(AnswerBuffer buffer) : AnswerWriter
{
    /// <summary>ReceiveMessage nests a list and a map.</summary>
    private const int DepthMax = 4;

    private readonly Member[] _open = new Member[DepthMax];
    private int _depth;
    private AwsOperation? _operation;

    public override string ContentType => "text/xml";

    public override void Begin(AwsService service, AwsOperation operation)
    {
        _operation = operation;
        _depth = 0;
        BeginDocument(service, operation.Name, "Response");
        if (operation.HasResult) BeginElement(operation.Name, "Result");
    }

    public override void End(string requestId)
    {
        if (_operation!.HasResult) EndElement(_operation.Name, "Result");
        buffer.Write("<ResponseMetadata>"u8);
        WriteRequestId(requestId);
        buffer.Write("</ResponseMetadata>"u8);
        EndElement(_operation.Name, "Response");
    }

    public override void Error(AwsService service, AwsError error, string requestId)
    {
        BeginDocument(service, "Error", "Response");
        buffer.Write(error.IsSenders ? "<Error><Type>Sender</Type><Code>"u8 : "<Error><Type>Receiver</Type><Code>"u8);
        XmlText.Write(buffer, error.QueryCode);
        buffer.Write("</Code><Message>"u8);
        XmlText.Write(buffer, error.Message);
        buffer.Write("</Message><Detail/></Error>"u8);
        WriteRequestId(requestId);
        EndElement("Error", "Response");
    }

    public override void Text(Member member, ReadOnlySpan<char> value)
    {
        Open(member.Query);
        XmlText.Write(buffer, value);
        Close(member.Query);
    }

    public override void Text(Member member, ReadOnlySpan<byte> utf8)
    {
        Open(member.Query);
        XmlText.Write(buffer, utf8);
        Close(member.Query);
    }

    public override void Integer(Member member, long value)
    {
        Open(member.Query);
        _ = Utf8Formatter.TryFormat(value, buffer.GetSpan(20), out var written);
        buffer.Advance(written);
        Close(member.Query);
    }

    public override void Boolean(Member member, bool value) => Text(member, value ? "true"u8 : "false"u8);

    public override void Blob(Member member, ReadOnlySpan<byte> bytes)
    {
        Open(member.Query);
        var room = buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        _ = Base64.EncodeToUtf8(bytes, room, out _, out var written);
        buffer.Advance(written);
        Close(member.Query);
    }

    public override void BeginList(Member member) => BeginElements(member);

    public override void Item(ReadOnlySpan<char> value)
    {
        BeginItem();
        XmlText.Write(buffer, value);
        EndItem();
    }

    public override void BeginItem() => Open(ElementOf(_open[_depth - 1]));

    public override void EndItem() => Close(ElementOf(_open[_depth - 1]));

    public override void EndList() => EndElements();

    public override void BeginMap(Member member) => BeginElements(member);

    public override void Entry(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        BeginEntry(key);
        XmlText.Write(buffer, value);
        EndEntry();
    }

    public override void BeginEntry(ReadOnlySpan<char> key)
    {
        var map = _open[_depth - 1];
        Open(ElementOf(map));
        Open(map.Key);
        XmlText.Write(buffer, key);
        Close(map.Key);
        Open(map.Value);
    }

    public override void EndEntry()
    {
        var map = _open[_depth - 1];
        Close(map.Value);
        Close(ElementOf(map));
    }

    public override void EndMap() => EndElements();

    private static ReadOnlySpan<byte> ElementOf(Member member) => member.Item.IsEmpty ? member.Query : member.Item;

    private void BeginElements(Member member)
    {
        if (!member.Item.IsEmpty) Open(member.Query);
        _open[_depth++] = member;
    }

    private void EndElements()
    {
        var member = _open[--_depth];
        if (!member.Item.IsEmpty) Close(member.Query);
    }

    private void BeginDocument(AwsService service, string name, string suffix)
    {
        buffer.Write("<?xml version=\"1.0\"?><"u8);
        XmlText.Write(buffer, name);
        XmlText.Write(buffer, suffix);
        buffer.Write(" xmlns=\""u8);
        XmlText.Write(buffer, service.XmlNamespace);
        buffer.Write("\">"u8);
    }

    private void WriteRequestId(string requestId)
    {
        buffer.Write("<RequestId>"u8);
        XmlText.Write(buffer, requestId);
        buffer.Write("</RequestId>"u8);
    }

    private void BeginElement(string name, string suffix)
    {
        buffer.Write("<"u8);
        XmlText.Write(buffer, name);
        XmlText.Write(buffer, suffix);
        buffer.Write(">"u8);
    }

    private void EndElement(string name, string suffix)
    {
        buffer.Write("</"u8);
        XmlText.Write(buffer, name);
        XmlText.Write(buffer, suffix);
        buffer.Write(">"u8);
    }

    private void Open(ReadOnlySpan<byte> name)
    {
        buffer.Write("<"u8);
        buffer.Write(name);
        buffer.Write(">"u8);
    }

    private void Close(ReadOnlySpan<byte> name)
    {
        buffer.Write("</"u8);
        buffer.Write(name);
        buffer.Write(">"u8);
    }
}
