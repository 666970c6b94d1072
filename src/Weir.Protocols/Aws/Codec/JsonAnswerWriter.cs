using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// Writes an answer of AWS JSON 1.0 or 1.1, or of REST-JSON: one object; an error names its shape as <c>__type</c>.
/// </summary>
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
[SuppressMessage("Design", "CA1001", Justification = "Over a buffer writer, Utf8JsonWriter has nothing to give back.")]
internal sealed class JsonAnswerWriter(AnswerBuffer buffer) : AnswerWriter
{
    private static readonly JsonEncodedText TypeName = JsonEncodedText.Encode("__type");
    private static readonly JsonEncodedText MessageName = JsonEncodedText.Encode("message");

    // The answer is read by JSON parsers, never set into HTML, so only what JSON asks for is escaped.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Utf8JsonWriter _json = new(buffer, Options);

    private const string RestVersion = "";

    private string _version = "1.0";

    public override string ContentType => _version switch
    {
        "1.0" => "application/x-amz-json-1.0",
        RestVersion => "application/json",
        _ => $"application/x-amz-json-{_version}",
    };

    public override void Begin(AwsService service, AwsOperation operation)
    {
        _version = VersionOf(service);
        _json.Reset(buffer);
        _json.WriteStartObject();
    }

    public override void End(string requestId)
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    public override void Error(AwsService service, AwsError error, string requestId)
    {
        _version = VersionOf(service);
        _json.Reset(buffer);
        _json.WriteStartObject();
        var isQualified = error.Shape.Contains('#', StringComparison.Ordinal);
        _json.WriteString(TypeName, isQualified ? error.Shape : $"{service.ShapeNamespace}#{error.Shape}");
        _json.WriteString(MessageName, error.Message);
        End(requestId);
    }

    public override void Text(Member member, ReadOnlySpan<char> value) => _json.WriteString(member.JsonText, value);

    public override void Text(Member member, ReadOnlySpan<byte> utf8) => _json.WriteString(member.JsonText, utf8);

    public override void Integer(Member member, long value) => _json.WriteNumber(member.JsonText, value);

    public override void Boolean(Member member, bool value) => _json.WriteBoolean(member.JsonText, value);

    public override void Blob(Member member, ReadOnlySpan<byte> bytes) =>
        _json.WriteBase64String(member.JsonText, bytes);

    public override void BeginList(Member member) => _json.WriteStartArray(member.JsonText);

    public override void Item(ReadOnlySpan<char> value) => _json.WriteStringValue(value);

    public override void BeginItem() => _json.WriteStartObject();

    public override void EndItem() => _json.WriteEndObject();

    public override void EndList() => _json.WriteEndArray();

    public override void BeginMap(Member member) => _json.WriteStartObject(member.JsonText);

    public override void Entry(ReadOnlySpan<char> key, ReadOnlySpan<char> value) => _json.WriteString(key, value);

    public override void BeginEntry(ReadOnlySpan<char> key) => _json.WriteStartObject(key);

    public override void EndEntry() => _json.WriteEndObject();

    public override void EndMap() => _json.WriteEndObject();

    private static string VersionOf(AwsService service) =>
        service.RestName is null ? service.JsonVersion : RestVersion;
}
