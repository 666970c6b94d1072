using Weir.Broker.Routing.Transforms;
using Weir.Broker.Targets;
using Weir.Engine;

namespace Weir.Broker.Pipes;

/// <summary>A destination whose texts may be paths into the event.</summary>
internal sealed class DestinationTemplate
{
    private readonly Destination _destination;
    private readonly DynamicParameter?[] _texts;
    private readonly DynamicParameter[] _resources;
    private readonly bool _isFixed;

    private DestinationTemplate(Destination destination, DynamicParameter?[] texts, DynamicParameter[] resources)
    {
        (_destination, _texts, _resources) = (destination, texts, resources);
        _isFixed = !TextsOf(destination).Concat(destination.Resources ?? [])
            .Any(text => text?.StartsWith('$') == true);
    }

    public static Outcome<DestinationTemplate> Parse(Destination destination)
    {
        var texts = new List<DynamicParameter?>();
        foreach (var text in TextsOf(destination).Concat(destination.Resources ?? []))
        {
            if (text is null)
            {
                texts.Add(null);
                continue;
            }

            var parsed = DynamicParameter.Parse(text, opensTexts: true);
            if (!parsed.IsOk) return parsed.Fault;
            texts.Add(parsed.Value);
        }

        var count = TextsOf(destination).Length;
        return new DestinationTemplate(
            destination, [.. texts.Take(count)], [.. texts.Skip(count).Select(resource => resource!)]);
    }

    /// <summary>The destination for this event, or which path leads nowhere in it.</summary>
    public Outcome<Destination> Apply(ReadOnlySpan<byte> pipeEvent)
    {
        if (_isFixed) return _destination;
        var names = TextsOf(_destination);
        var texts = new string?[names.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (_texts[i] is not { } text) continue;
            texts[i] = text.Apply(pipeEvent);
            if (string.IsNullOrEmpty(texts[i])) return Nowhere(names[i]!);
        }

        var resources = new List<string>();
        for (var i = 0; i < _resources.Length; i++)
        {
            if (_resources[i].Apply(pipeEvent) is not { } resource) return Nowhere(_destination.Resources![i]);
            resources.Add(resource);
        }

        return _destination with
        {
            GroupId = texts[0],
            DeduplicationId = texts[1],
            Source = texts[2],
            DetailType = texts[3],
            Resources = resources.Count == 0 ? null : resources,
        };
    }

    private static string?[] TextsOf(Destination destination) =>
        [destination.GroupId, destination.DeduplicationId, destination.Source, destination.DetailType];

    private static Fault Nowhere(string path) =>
        new(FaultCode.InvalidValue, $"The path {path} leads nowhere in the event.");
}
