using System.Text;
using System.Text.Json;
using Weir.Broker.Endpoints;
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
    private readonly PathTemplate? _enrichment;
    private readonly DestinationTemplate _destination;
    private readonly PipeConfig _config;

    private PipeRoute(
        PipeConfig config, PatternSet<string>? filters, PathTemplate? template, PathTemplate? enrichment,
        DestinationTemplate destination) =>
        (_config, _filters, _template, _enrichment, _destination) =
        (config, filters, template, enrichment, destination);

    public static Outcome<PipeRoute> Compile(PipeConfig config)
    {
        var filters = new List<(Pattern, string)>();
        foreach (var text in config.Filters)
        {
            var pattern = Pattern.Parse(Encoding.UTF8.GetBytes(text), PatternOptions.Pipes);
            if (!pattern.IsOk) return pattern.Fault;
            filters.Add((pattern.Value, text));
        }

        var template = ParseTemplate(config.TargetTemplate);
        if (template.Fault is { } wrong) return wrong;
        var enrichment = ParseTemplate(config.EnrichmentTemplate);
        if (enrichment.Fault is { } alsoWrong) return alsoWrong;

        var destination = DestinationTemplate.Parse(config.Target);
        if (!destination.IsOk) return destination.Fault;
        var set = filters.Count == 0 ? null : PatternSet<string>.Build(filters);
        return new PipeRoute(config, set, template.Value.Template, enrichment.Value.Template, destination.Value);
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
        Apply(_template, pipe, pipeEvent, now);

    /// <summary>What is sent to the API destination on the way.</summary>
    public ReadOnlyMemory<byte> Ask(PipeName pipe, ReadOnlyMemory<byte> pipeEvent, DateTimeOffset now) =>
        Apply(_enrichment, pipe, pipeEvent, now);

    /// <summary>What goes with it beside the body, or which path leads nowhere in this event.</summary>
    public Outcome<CallParameters> ParametersOf(ReadOnlyMemory<byte> pipeEvent)
    {
        if (_config.EnrichmentHttp is not { } http) return CallParameters.None;
        using var document = JsonDocument.Parse(pipeEvent);
        return http.Resolve(PipeEvent.Opened(document.RootElement));
    }

    private ReadOnlyMemory<byte> Apply(
        PathTemplate? template, PipeName pipe, ReadOnlyMemory<byte> pipeEvent, DateTimeOffset now) => template is null
        ? pipeEvent
        : template.Apply(pipeEvent.Span, new PipeContext(
            _config.Arn, pipe.Name, _config.SourceArn, _config.EnrichmentArn ?? "", _config.TargetArn, now));

    private static Outcome<Parsed> ParseTemplate(string? text)
    {
        if (text is null) return new Parsed(null);
        var parsed = PathTemplate.Parse(text);
        return parsed.IsOk ? new Parsed(parsed.Value) : parsed.Fault;
    }

    private readonly record struct Parsed(PathTemplate? Template);

    /// <summary>Where it goes, or why that cannot be told for this event.</summary>
    public Outcome<Destination> DestinationOf(ReadOnlyMemory<byte> pipeEvent) => _destination.Apply(pipeEvent.Span);
}
