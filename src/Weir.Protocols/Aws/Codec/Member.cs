using System.Text;
using System.Text.Json;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// A member of a request or an answer under both of its names. The Query protocol names a list by its element and
/// numbers it (<c>AttributeName.1</c>), and writes a map as a list of pairs (<c>Tag.1.Key</c>, <c>Tag.1.Value</c>).
/// </summary>
internal sealed class Member
{
    private readonly byte[] _json;
    private readonly byte[] _query;
    private readonly byte[] _key;
    private readonly byte[] _value;
    private readonly byte[] _item;

    public Member(string json, string? query = null, string key = "Name", string value = "Value", string item = "")
    {
        Name = json;
        ElementName = query ?? json;
        JsonText = JsonEncodedText.Encode(json);
        _json = Encoding.UTF8.GetBytes(json);
        _query = Encoding.UTF8.GetBytes(ElementName);
        _key = Encoding.UTF8.GetBytes(key);
        _value = Encoding.UTF8.GetBytes(value);
        _item = Encoding.UTF8.GetBytes(item);
    }

    public string Name { get; }

    /// <summary>What the Query protocol calls the member, or the elements of it when it is a list.</summary>
    public string ElementName { get; }

    public JsonEncodedText JsonText { get; }

    public ReadOnlySpan<byte> Json => _json;

    public ReadOnlySpan<byte> Query => _query;

    /// <summary>
    /// The element within that of a list or a map that holds one of its own, in services that have such a layer; else
    /// empty.
    /// </summary>
    public ReadOnlySpan<byte> Item => _item;

    /// <summary>The element that holds a map entry's key in the Query protocol.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>The element that holds a map entry's value in the Query protocol.</summary>
    public ReadOnlySpan<byte> Value => _value;
}
