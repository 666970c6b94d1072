using Weir.Broker.Messages;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>
/// Which attributes a receiver wants: by name, by prefix (<c>trace.*</c>), or all (<c>All</c>, <c>.*</c>).
/// </summary>
internal sealed class AttributeFilter
{
    private const string Wildcard = ".*";

    private readonly List<string> _names = [];
    private readonly List<string> _prefixes = [];
    private bool _all;

    /// <summary>Null when none are wanted.</summary>
    public static AttributeFilter? Read(InputItems names)
    {
        if (names.IsEmpty) return null;
        var filter = new AttributeFilter();
        foreach (var item in names)
        {
            if (item.Text() is { } name) filter.Add(name);
        }

        return filter;
    }

    public IReadOnlyList<MessageAttribute> Apply(IReadOnlyList<MessageAttribute> attributes)
    {
        if (_all || attributes.Count == 0) return attributes;
        var wanted = new List<MessageAttribute>();
        foreach (var attribute in attributes)
        {
            if (IsWanted(attribute.Name)) wanted.Add(attribute);
        }

        return wanted;
    }

    private void Add(string name)
    {
        if (name is "All" or Wildcard) _all = true;
        else if (name.EndsWith(Wildcard, StringComparison.Ordinal)) _prefixes.Add(name[..^Wildcard.Length]);
        else _names.Add(name);
    }

    private bool IsWanted(string name) =>
        _names.Contains(name) || _prefixes.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
