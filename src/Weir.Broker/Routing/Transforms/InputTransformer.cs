using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>
/// Makes of an event what a rule's target gets: named paths into the event, and a template that uses them.
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
/// </summary>
public sealed partial class InputTransformer
{
    public const int PathsMax = 100;
    public const int TemplateLengthMax = 8_192;
    private const int NameLengthMax = 256;
    private const string ReservedPrefix = "aws.";

    private readonly IReadOnlyDictionary<string, InputPath> _paths;
    private readonly TemplateText _template;

    private InputTransformer(IReadOnlyDictionary<string, InputPath> paths, TemplateText template) =>
        (_paths, _template) = (paths, template);

    public static Outcome<InputTransformer> Parse(IReadOnlyDictionary<string, string> paths, string template)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(template);
        if (paths.Count > PathsMax)
            return TemplateText.Refuse($"it has {paths.Count} paths, and {PathsMax} are allowed");
        if (template.Length is 0 or > TemplateLengthMax)
            return TemplateText.Refuse($"its length must be from 1 to {TemplateLengthMax} characters");
        var parsed = new Dictionary<string, InputPath>();
        foreach (var (name, path) in paths)
        {
            if (!NamePattern().IsMatch(name) || name.Length > NameLengthMax)
                return TemplateText.Refuse($"{name} is no name of a variable: letters, digits, - and _, up to 256");
            var read = InputPath.Parse(path);
            if (!read.IsOk) return read.Fault;
            parsed.Add(name, read.Value);
        }

        var text = TemplateText.Parse(template, VariablePattern().IsMatch, mayBePlain: false);
        if (!text.IsOk) return text.Fault;
        foreach (var variable in text.Value.Variables)
            if (!parsed.ContainsKey(variable) && !IsReserved(variable))
                return TemplateText.Refuse($"<{variable}> has no path");
        return new InputTransformer(parsed, text.Value);
    }

    /// <exception cref="JsonException">The event is not JSON, which whoever took it has checked.</exception>
    public byte[] Apply(ReadOnlySpan<byte> eventJson, in TransformContext context)
    {
        using var document = EventDocument.Parse(eventJson);
        var (root, around) = (document.RootElement, context);
        return _template.Render(variable => variable.StartsWith(ReservedPrefix, StringComparison.Ordinal)
            ? Reserved(variable, root, around)
            : _paths[variable].Find(root, opensTexts: false));
    }

    private static bool IsReserved(string variable) => variable is "aws.events.rule-arn" or "aws.events.rule-name"
        or "aws.events.event.ingestion-time" or "aws.events.event" or "aws.events.event.json";

    private static byte[] Reserved(string variable, JsonElement root, in TransformContext context) => variable switch
    {
        "aws.events.rule-arn" => JsonText.Quote(context.RuleArn),
        "aws.events.rule-name" => JsonText.Quote(context.RuleName),
        "aws.events.event.ingestion-time" => JsonText.Quote(Time(context.IngestionTime)),
        "aws.events.event" => EventDocument.WithoutDetail(root),
        _ => JsonMarshal.GetRawUtf8Value(root).ToArray(),
    };

    /// <summary>ISO 8601, as the documentation calls it; to the second, as the event's own time is.</summary>
    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_\-.]+\z")]
    private static partial Regex VariablePattern();
}
