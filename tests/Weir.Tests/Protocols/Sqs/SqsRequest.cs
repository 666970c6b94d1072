using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>A request, or a structure within one, built once and written in both protocols.</summary>
internal sealed class SqsRequest
{
    private readonly JsonObject _json = [];
    private readonly List<(string Name, string Value)> _form;
    private readonly string _prefix;

    public SqsRequest(string operation)
        : this([], "") => Operation = operation;

    private SqsRequest(List<(string Name, string Value)> form, string prefix)
    {
        _form = form;
        _prefix = prefix;
    }

    public string Operation { get; } = "";

    public string Json => _json.ToJsonString();

    public string Form
    {
        get
        {
            var text = new StringBuilder($"Action={Operation}&Version=2012-11-05");
            foreach (var (name, value) in _form)
                _ = text.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(value)}");
            return text.ToString();
        }
    }

    public SqsRequest Set(string name, string value)
    {
        _json[name] = value;
        return SetForm(name, value);
    }

    public SqsRequest Set(string name, int value)
    {
        _json[name] = value;
        return SetForm(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public SqsRequest Texts(string name, string query, params string[] values)
    {
        var list = new JsonArray();
        foreach (var value in values)
        {
            list.Add(JsonValue.Create(value));
            _form.Add(($"{_prefix}{query}.{list.Count}", value));
        }

        _json[name] = list;
        return this;
    }

    /// <summary>Adds an element to a list of structures.</summary>
    public SqsRequest Item(string name, string query, Action<SqsRequest> build)
    {
        if (_json[name] is not JsonArray list) _json[name] = list = [];
        var item = new SqsRequest(_form, $"{_prefix}{query}.{list.Count + 1}.");
        build(item);
        list.Add(item._json);
        return this;
    }

    public SqsRequest Map(
        string name, string query, string key, string value, params (string Key, string Value)[] entries)
    {
        if (_json[name] is not JsonObject map) _json[name] = map = [];
        foreach (var (entryKey, entryValue) in entries)
        {
            map[entryKey] = entryValue;
            _form.Add(($"{_prefix}{query}.{map.Count}.{key}", entryKey));
            _form.Add(($"{_prefix}{query}.{map.Count}.{value}", entryValue));
        }

        return this;
    }

    public SqsRequest Attributes(params (string Key, string Value)[] entries) =>
        Map("Attributes", "Attribute", "Name", "Value", entries);

    /// <summary>Adds a message attribute, user's or system's.</summary>
    public SqsRequest Attribute(
        string attribute, string type, string? text = null, byte[]? binary = null, string kind = "MessageAttribute")
    {
        if (_json[kind + "s"] is not JsonObject map) _json[kind + "s"] = map = [];
        var prefix = $"{_prefix}{kind}.{map.Count + 1}.";
        _form.Add((prefix + "Name", attribute));
        var value = new SqsRequest(_form, prefix + "Value.");
        _ = value.Set("DataType", type);
        if (text is not null) _ = value.Set("StringValue", text);
        if (binary is not null) _ = value.Set("BinaryValue", Convert.ToBase64String(binary));
        map[attribute] = value._json;
        return this;
    }

    private SqsRequest SetForm(string name, string value)
    {
        _ = _form.RemoveAll(field => field.Name == _prefix + name);
        _form.Add((_prefix + name, value));
        return this;
    }
}
