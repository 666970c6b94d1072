namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// Writes an answer's members; one implementation per wire protocol. Lists hold texts or structures, maps hold texts or
/// structures under their keys; each Begin has its End.
/// </summary>
internal abstract class AnswerWriter
{
    public abstract string ContentType { get; }

    public abstract void Begin(AwsService service, AwsOperation operation);

    public abstract void End(string requestId);

    public abstract void Error(AwsService service, AwsError error, string requestId);

    public abstract void Text(Member member, ReadOnlySpan<char> value);

    public abstract void Text(Member member, ReadOnlySpan<byte> utf8);

    public abstract void Integer(Member member, long value);

    public abstract void Boolean(Member member, bool value);

    public abstract void Blob(Member member, ReadOnlySpan<byte> bytes);

    public abstract void BeginList(Member member);

    public abstract void Item(ReadOnlySpan<char> value);

    public abstract void BeginItem();

    public abstract void EndItem();

    public abstract void EndList();

    public abstract void BeginMap(Member member);

    public abstract void Entry(ReadOnlySpan<char> key, ReadOnlySpan<char> value);

    public abstract void BeginEntry(ReadOnlySpan<char> key);

    public abstract void EndEntry();

    public abstract void EndMap();
}
