using System.Text;
using System.Text.Json;
using Weir.Broker.Routing.Patterns;
using Weir.Broker.Routing.Transforms;
using Weir.Broker.Targets;
using Weir.Engine;

namespace Weir.Broker.Pipes;

/// <summary>A pipe's patterns, template and paths, compiled.</summary>
internal sealed class PipeRoute
{
    private readonly PatternSet<string>? _filters;
    private readonly PathTemplate? _template;
    private readonly DestinationTemplate _destination;
    private readonly PipeConfig _config;

    private PipeRoute(
        PipeConfig config, PatternSet<string>? filters, PathTemplate? template, DestinationTemplate destination) =>
        (_config, _filters, _template, _destination) = (config, filters, template, destination);

    public static Outcome<PipeRoute> Compile(PipeConfig config)
    {
        var filters = new List<(Pattern, string)>();
        foreach (var text in config.Filters)
        {
            var pattern = Pattern.Parse(Encoding.UTF8.GetBytes(text), PatternOptions.Pipes);
            if (!pattern.IsOk) return pattern.Fault;
            filters.Add((pattern.Value, text));
        }

        PathTemplate? template = null;
        if (config.TargetTemplate is { } templateText)
        {
            var parsed = PathTemplate.Parse(templateText);
            if (!parsed.IsOk) return parsed.Fault;
            template = parsed.Value;
        }

        var destination = DestinationTemplate.Parse(config.Target);
        if (!destination.IsOk) return destination.Fault;
        var set = filters.Count == 0 ? null : PatternSet<string>.Build(filters);
        return new PipeRoute(config, set, template, destination.Value);
    }

    /// <summary>Whether the pipe wants the event. A body that is JSON is matched as what it is.</summary>
    public bool Wants(ReadOnlyMemory<byte> pipeEvent)
    {
        if (_filters is null) return true;
        using var document = JsonDocument.Parse(pipeEvent);
        var fields = EventFields.Rent();
        try
        {
            var matched = new List<string>();
            if (fields.TryReadJson(PipeEvent.Opened(document.RootElement))) _filters.Match(fields, matched);
            return matched.Count > 0;
        }
        finally
        {
            fields.Return();
        }
    }

    /// <summary>What the target gets of the event.</summary>
    public ReadOnlyMemory<byte> Make(PipeName pipe, ReadOnlyMemory<byte> pipeEvent, DateTimeOffset now) =>
        _template is null
            ? pipeEvent
            : _template.Apply(pipeEvent.Span, new PipeContext(
                _config.Arn, pipe.Name, _config.SourceArn, "", _config.TargetArn, now));

    /// <summary>Where it goes, or why that cannot be told for this event.</summary>
    public Outcome<Destination> DestinationOf(ReadOnlyMemory<byte> pipeEvent) => _destination.Apply(pipeEvent.Span);
}
