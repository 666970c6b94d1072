using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>
/// A parameter of a target that is either plain text or, beginning with <c>$.</c>, a path into the event that is being
/// sent. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#dynamic-path-parameters
/// </summary>
public sealed class DynamicParameter
{
    private readonly string _text;
    private readonly InputPath? _path;
    private readonly bool _opensTexts;

    private DynamicParameter(string text, InputPath? path, bool opensTexts) =>
        (_text, _path, _opensTexts) = (text, path, opensTexts);

    /// <param name="opensTexts">True, for a pipe, follows a path into a text that is JSON itself.</param>
    public static Outcome<DynamicParameter> Parse(string parameter, bool opensTexts = false)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var isPath = parameter.StartsWith("$.", StringComparison.Ordinal)
            || parameter.StartsWith("$[", StringComparison.Ordinal);
        if (!isPath) return new DynamicParameter(parameter, null, opensTexts);
        var path = InputPath.Parse(parameter);
        return path.IsOk ? new DynamicParameter(parameter, path.Value, opensTexts) : path.Fault;
    }

    /// <summary>A string without its quotes, any other value as JSON; null when the event has none there.</summary>
    /// <exception cref="JsonException">The event is not JSON, which whoever took it has checked.</exception>
    public string? Apply(ReadOnlySpan<byte> eventJson)
    {
        if (_path is null) return _text;
        using var document = EventDocument.Parse(eventJson);
        if (_path.Find(document.RootElement, _opensTexts) is not { } json) return null;
        return json[0] == '"' ? JsonSerializer.Deserialize<string>(json) : Encoding.UTF8.GetString(json);
    }
}
