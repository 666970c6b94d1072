using System.Globalization;
using System.Text;

namespace Weir.Tests.Protocols.Sns;

/// <summary>A request of SNS, or a structure within one, as SDKs write it in the Query protocol.</summary>
internal sealed class SnsRequest
{
    private readonly List<(string Name, string Value)> _form;
    private readonly string _prefix;
    private readonly Dictionary<string, int> _counts = [];

    public SnsRequest(string operation)
        : this([], "") => Operation = operation;

    private SnsRequest(List<(string Name, string Value)> form, string prefix) => (_form, _prefix) = (form, prefix);

    public string Operation { get; } = "";

    public string Form
    {
        get
        {
            var text = new StringBuilder($"Action={Operation}&Version=2010-03-31");
            foreach (var (name, value) in _form)
                _ = text.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(value)}");
            return text.ToString();
        }
    }

    /// <summary>A topic by its name, as the caller of tests has it.</summary>
    public SnsRequest Topic(string topic, string member = "TopicArn") => Set(member, TestSns.TopicArn(topic));

    public SnsRequest Set(string name, string value)
    {
        _form.Add((_prefix + name, value));
        return this;
    }

    public SnsRequest Texts(string list, params string[] values)
    {
        foreach (var value in values) _ = Set($"{list}.member.{Next(list)}", value);
        return this;
    }

    /// <summary>Adds an element to a list of structures.</summary>
    public SnsRequest Item(string list, Action<SnsRequest> build)
    {
        build(new SnsRequest(_form, $"{_prefix}{list}.member.{Next(list)}."));
        return this;
    }

    public SnsRequest Attributes(params (string Key, string Value)[] entries)
    {
        foreach (var (key, value) in entries)
        {
            var entry = $"Attributes.entry.{Next("Attributes")}.";
            _ = Set(entry + "key", key).Set(entry + "value", value);
        }

        return this;
    }

    public SnsRequest Tags(params (string Key, string Value)[] tags)
    {
        foreach (var (key, value) in tags) _ = Item("Tags", tag => tag.Set("Key", key).Set("Value", value));
        return this;
    }

    /// <summary>Adds an attribute of a message.</summary>
    public SnsRequest Attribute(string name, string type, string? text = null, byte[]? binary = null)
    {
        var entry = $"MessageAttributes.entry.{Next("MessageAttributes")}.";
        _ = Set(entry + "Name", name).Set(entry + "Value.DataType", type);
        if (text is not null) _ = Set(entry + "Value.StringValue", text);
        if (binary is not null) _ = Set(entry + "Value.BinaryValue", Convert.ToBase64String(binary));
        return this;
    }

    private int Next(string list) => _counts[list] = _counts.GetValueOrDefault(list) + 1;
}
