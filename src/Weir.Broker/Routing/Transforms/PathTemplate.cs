using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>
/// A pipe's template, which has its paths within: <c>{"key": &lt;$.body.key&gt;}</c>. It may be plain text too, and a
/// body that is JSON counts as what it is, not as the text of it.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
/// </summary>
public sealed class PathTemplate
{
    private const string ReservedPrefix = "aws.pipes.";

    private static readonly HashSet<string> Reserved =
    [
        "aws.pipes.pipe-arn", "aws.pipes.pipe-name", "aws.pipes.source-arn", "aws.pipes.enrichment-arn",
        "aws.pipes.target-arn", "aws.pipes.event.ingestion-time", "aws.pipes.event", "aws.pipes.event.json",
    ];

    private readonly IReadOnlyDictionary<string, InputPath> _paths;
    private readonly TemplateText _template;

    private PathTemplate(IReadOnlyDictionary<string, InputPath> paths, TemplateText template) =>
        (_paths, _template) = (paths, template);

    public static Outcome<PathTemplate> Parse(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Length is 0 or > InputTransformer.TemplateLengthMax)
            return TemplateText.Refuse($"its length must be from 1 to {InputTransformer.TemplateLengthMax} characters");
        var text = TemplateText.Parse(template, IsVariable, mayBePlain: true);
        if (!text.IsOk) return text.Fault;
        var paths = new Dictionary<string, InputPath>();
        foreach (var variable in text.Value.Variables)
        {
            if (Reserved.Contains(variable)) continue;
            if (!variable.StartsWith('$')) return TemplateText.Refuse($"<{variable}> is no variable of a pipe");
            var path = InputPath.Parse(variable);
            if (!path.IsOk) return path.Fault;
            paths[variable] = path.Value;
        }

        return new PathTemplate(paths, text.Value);

        static bool IsVariable(string text) =>
            text.StartsWith('$') || text.StartsWith(ReservedPrefix, StringComparison.Ordinal);
    }

    /// <exception cref="JsonException">The event is not JSON, which whoever took it has checked.</exception>
    public byte[] Apply(ReadOnlySpan<byte> eventJson, in PipeContext context)
    {
        using var document = EventDocument.Parse(eventJson);
        var (root, around) = (document.RootElement, context);
        if (_paths.Count == 0) return _template.Render(variable => Value(variable, root, around));
        using var openedDocument = EventDocument.Parse(PipeEvent.Opened(root));
        var opened = openedDocument.RootElement;
        return _template.Render(variable => _paths.TryGetValue(variable, out var path)
            ? path.Find(opened, opensTexts: true)
            : Value(variable, root, around));
    }

    private static byte[] Value(string variable, JsonElement root, in PipeContext context) => variable switch
    {
        "aws.pipes.pipe-arn" => JsonText.Quote(context.PipeArn),
        "aws.pipes.pipe-name" => JsonText.Quote(context.PipeName),
        "aws.pipes.source-arn" => JsonText.Quote(context.SourceArn),
        "aws.pipes.enrichment-arn" => JsonText.Quote(context.EnrichmentArn),
        "aws.pipes.target-arn" => JsonText.Quote(context.TargetArn),
        "aws.pipes.event.ingestion-time" => JsonText.Quote(InputTransformer.Time(context.IngestionTime)),
        "aws.pipes.event.json" => PipeEvent.Opened(root),
        _ => JsonMarshal.GetRawUtf8Value(root).ToArray(),
    };
}
