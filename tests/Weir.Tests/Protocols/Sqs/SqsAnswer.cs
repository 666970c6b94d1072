using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>An answer, or a structure within one, read the same way whichever protocol it came by.</summary>
internal sealed class SqsAnswer
{
    private static readonly XNamespace Space = "http://queue.amazonaws.com/doc/2012-11-05/";

    private readonly JsonObject? _json;
    private readonly XElement? _xml;

    public SqsAnswer(JsonObject json) => _json = json;

    public SqsAnswer(XElement xml) => _xml = xml;

    public int Status { get; init; }

    public string? QueryErrorHeader { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The Query code, which JSON has in its header; null for an answer that is no error.</summary>
    public string? Code => Status == 200
        ? null
        : _json is not null ? QueryErrorHeader?.Split(';')[0] : Error!.Element(Space + "Code")!.Value;

    public string? Message =>
        _json is not null ? _json["message"]?.GetValue<string>() : Error?.Element(Space + "Message")?.Value;

    public string? Text(string name) =>
        _json is not null ? _json[name]?.ToString() : Result?.Element(Space + name)?.Value;

    public IReadOnlyList<string> Texts(string name, string element) => _json is not null
        ? [.. (_json[name] as JsonArray ?? []).Select(item => item!.GetValue<string>())]
        : [.. (Result?.Elements(Space + element) ?? []).Select(item => item.Value)];

    public IReadOnlyList<SqsAnswer> Items(string name, string element) => _json is not null
        ? [.. (_json[name] as JsonArray ?? []).Select(item => new SqsAnswer(item!.AsObject()))]
        : [.. (Result?.Elements(Space + element) ?? []).Select(item => new SqsAnswer(item))];

    public IReadOnlyDictionary<string, string> Map(string name, string element, string key = "Name") =>
        _json is not null
        ? (_json[name] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>())
        : (Result?.Elements(Space + element) ?? []).ToDictionary(
            pair => pair.Element(Space + key)!.Value, pair => pair.Element(Space + "Value")!.Value);

    /// <summary>A map whose values are structures.</summary>
    public IReadOnlyDictionary<string, SqsAnswer> Structures(string name, string element) => _json is not null
        ? (_json[name] as JsonObject ?? []).ToDictionary(
            pair => pair.Key, pair => new SqsAnswer(pair.Value!.AsObject()))
        : (Result?.Elements(Space + element) ?? []).ToDictionary(
            pair => pair.Element(Space + "Name")!.Value, pair => new SqsAnswer(pair.Element(Space + "Value")!));

    private XElement? Error => _xml!.Element(Space + "Error");

    // The members lie in the result element, and those of an inner structure in the structure itself.
    private XElement? Result =>
        _xml!.Name.LocalName.EndsWith("Response", StringComparison.Ordinal)
            ? _xml.Elements().FirstOrDefault(e => e.Name.LocalName.EndsWith("Result", StringComparison.Ordinal))
            : _xml;
}
