using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Broker.Routing.Patterns;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>
/// The part of JSONPath that EventBridge takes: <c>$</c>, <c>$.detail.a</c>, <c>$['a b']</c>, <c>[0]</c> and
/// <c>[*]</c>. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
/// </summary>
public sealed class InputPath
{
    private readonly PathStep[] _steps;

    internal InputPath(PathStep[] steps) => _steps = steps;

    public static Outcome<InputPath> Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return InputPathReader.Read(path);
    }

    /// <summary>The JSON at the path, or null when there is none. A path with <c>*</c> gives an array.</summary>
    /// <exception cref="JsonException">The event is not JSON, which whoever took it has checked.</exception>
    public byte[]? Extract(ReadOnlySpan<byte> eventJson)
    {
        using var document = EventDocument.Parse(eventJson);
        return Find(document.RootElement, opensTexts: false);
    }

    /// <param name="opensTexts">True follows the path into a text that is JSON itself, such as a queue message's body:
    /// what https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html calls implicit
    /// body data parsing.</param>
    internal byte[]? Find(JsonElement root, bool opensTexts)
    {
        List<JsonElement> found = [root];
        var isList = false;
        foreach (var step in _steps)
        {
            isList |= step.IsAll;
            var next = new List<JsonElement>();
            foreach (var element in found) Follow(opensTexts ? Open(element) : element, step, next);
            found = next;
            if (found.Count == 0) return null;
        }

        if (!isList) return JsonMarshal.GetRawUtf8Value(found[0]).ToArray();
        var list = new List<byte> { (byte)'[' };
        for (var i = 0; i < found.Count; i++)
        {
            if (i > 0) list.Add((byte)',');
            list.AddRange(JsonMarshal.GetRawUtf8Value(found[i]));
        }

        list.Add((byte)']');
        return [.. list];
    }

    private static void Follow(JsonElement element, PathStep step, List<JsonElement> next)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when step.IsAll:
                next.AddRange(element.EnumerateObject().Select(property => property.Value));
                break;
            case JsonValueKind.Array when step.IsAll:
                next.AddRange(element.EnumerateArray());
                break;
            case JsonValueKind.Object when step.Name is not null:
                if (element.TryGetProperty(step.Name, out var value)) next.Add(value);
                break;
            case JsonValueKind.Array when step.Name is null && step.Index < element.GetArrayLength():
                next.Add(element[step.Index]);
                break;
        }
    }

    private static JsonElement Open(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return element;
        try
        {
            using var document = JsonDocument.Parse(
                element.GetString()!, new JsonDocumentOptions { MaxDepth = EventFields.DepthMax });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return element;
        }
    }
}

/// <summary>A member by its name, an array's element by its index, or all of either.</summary>
internal readonly record struct PathStep(string? Name, int Index, bool IsAll);
