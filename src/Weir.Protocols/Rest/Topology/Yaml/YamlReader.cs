using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Weir.Protocols.Rest.Topology.Yaml;

/// <summary>
/// Reads one YAML document, or one of JSON, which is YAML too. What would let a short text mean a long one (anchors,
/// aliases, merges) or another thing than it says (tags) is refused, and so is a key that is there twice.
/// </summary>
// https://yaml.org/spec/1.2.2/
internal sealed class YamlReader
{
    /// <summary>The deepest real document, an event pattern in a rule of a tenant, has about fifteen levels.</summary>
    private const int DepthMax = 64;

    /// <summary>Scalars, lists and mappings of one document.</summary>
    private const int NodesMax = 1_000_000;

    private readonly Parser _parser;
    private TopologyFault? _fault;
    private int _nodes;

    private YamlReader(string text) => _parser = new Parser(new StringReader(text));

    public static (YamlNode? Node, TopologyFault? Fault) Read(string text)
    {
        var reader = new YamlReader(text);
        try
        {
            var node = reader.ReadDocument();
            return reader._fault is null ? (node, null) : (null, reader._fault);
        }
        catch (YamlException e)
        {
            return (null, new TopologyFault(e.Start.Line, e.Start.Column, $"This is no YAML: {e.Message}"));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser's own way to say that it cannot go on, for some of what is no YAML.
            var at = reader._parser.Current?.End ?? new Mark(0, 1, 1);
            return (null, new TopologyFault(at.Line, at.Column, "What follows here is no YAML."));
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return Refuse(new Mark(0, 1, 1), "The document is empty.");
        _parser.Consume<DocumentStart>();
        var node = ReadNode(0);
        if (_fault is not null) return null;
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? Refuse(second.Start, "A second document begins here, and only one is read.")
            : node;
    }

    private YamlNode? ReadNode(int depth)
    {
        var next = _parser.Current!;
        if (depth > DepthMax) return Refuse(next.Start, $"This is nested more than {DepthMax} levels deep.");
        if (++_nodes > NodesMax) return Refuse(next.Start, $"The document has more than {NodesMax} parts.");
        if (next is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            return Refuse(next.Start, "Anchors and aliases are not read: write it out.");
        if (next is NodeEvent { Tag.IsEmpty: false }) return Refuse(next.Start, "Tags are not read.");
        switch (next)
        {
            case Scalar scalar:
                _parser.MoveNext();
                return At(YamlKind.Scalar, scalar) with
                {
                    Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain,
                };
            case SequenceStart:
                return ReadList(depth);
            default:
                return ReadMap(depth);
        }
    }

    private YamlNode? ReadList(int depth)
    {
        var list = At(YamlKind.List, _parser.Consume<SequenceStart>());
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode(depth + 1) is not { } item) return null;
            list.Items.Add(item);
        }

        return list;
    }

    private YamlNode? ReadMap(int depth)
    {
        var map = At(YamlKind.Map, _parser.Consume<MappingStart>());
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!.Start;
            if (ReadNode(depth + 1) is not { } key) return null;
            if (key.Kind != YamlKind.Scalar) return Refuse(start, "A key is a text.");
            if (!keys.Add(key.Text)) return Refuse(start, $"{key.Text} is there twice.");
            if (ReadNode(depth + 1) is not { } value) return null;
            map.Entries.Add((key, value));
        }

        return map;
    }

    private static YamlNode At(YamlKind kind, ParsingEvent start) => new(kind, start.Start.Line, start.Start.Column);

    private YamlNode? Refuse(Mark mark, string message)
    {
        _fault ??= new TopologyFault(mark.Line, mark.Column, message);
        return null;
    }
}
