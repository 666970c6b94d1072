using System.Xml.Linq;

namespace Weir.Tests.Protocols.Sns;

/// <summary>
/// An answer of SNS, or a structure within one, read where SDKs look: members in the result's element, lists in
/// <c>member</c>, maps in <c>entry</c>.
/// </summary>
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
internal sealed class SnsAnswer
{
    private static readonly XNamespace Space = "http://sns.amazonaws.com/doc/2010-03-31/";

    private readonly XElement _members;

    public SnsAnswer(int status, XElement root, string operation)
    {
        Status = status;
        var error = root.Element(Space + "Error");
        Code = error?.Element(Space + "Code")!.Value;
        Message = error?.Element(Space + "Message")!.Value;
        Root = root;
        _members = root.Element(Space + (operation + "Result")) ?? new XElement("Nothing");
    }

    private SnsAnswer(XElement members) => _members = Root = members;

    public int Status { get; }

    public string? Code { get; }

    public string? Message { get; }

    public XElement Root { get; }

    /// <summary>Some operations answer an element for their members though there are none, others do not.</summary>
    public bool HasResult => _members.Name != "Nothing";

    public string? Text(string name) => _members.Element(Space + name)?.Value;

    public IReadOnlyList<SnsAnswer> Items(string name) =>
        [.. Elements(name, "member").Select(item => new SnsAnswer(item))];

    public IReadOnlyDictionary<string, string> Map(string name) => Elements(name, "entry").ToDictionary(
        entry => entry.Element(Space + "key")!.Value, entry => entry.Element(Space + "value")!.Value);

    private IEnumerable<XElement> Elements(string name, string element) =>
        _members.Element(Space + name)!.Elements(Space + element);
}
