using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Transforms;

/// <summary>A piece of a template: bytes to be copied, or a variable.</summary>
/// <param name="IsInText">Whether the variable stands between quotes.</param>
internal readonly record struct TemplatePart(byte[] Literal, string? Variable, bool IsInText);

/// <summary>
/// A template cut into its parts once. A variable between quotes gives characters of that string, one outside gives a
/// JSON value, so that what comes out is JSON whatever the event holds.
/// </summary>
internal sealed class TemplateText
{
    // A private-use character, which stands for a variable where the template is checked.
    private const string Mark = "\uE000";

    private readonly List<TemplatePart> _parts;
    private readonly bool _isCompact;

    private TemplateText(List<TemplatePart> parts, bool isCompact) => (_parts, _isCompact) = (parts, isCompact);

    public IEnumerable<string> Variables => _parts.Select(part => part.Variable).OfType<string>();

    /// <param name="isVariable">Whether what stands between angle brackets is a variable; else it is plain.</param>
    /// <param name="mayBePlain">True takes a template that is neither JSON nor quoted.</param>
    public static Outcome<TemplateText> Parse(string template, Func<string, bool> isVariable, bool mayBePlain)
    {
        var parts = Cut(template, isVariable);
        var start = template.AsSpan().TrimStart();
        var isStructure = start.Length > 0 && start[0] is '{' or '[';
        if (mayBePlain && !isStructure) return new TemplateText(parts, false);
        if (Check(parts, out var count) is { } fault) return fault;
        return new TemplateText(parts, isStructure && count == 1);
    }

    /// <param name="value">The JSON value of a variable; null when the event has none.</param>
    public byte[] Render(Func<string, byte[]?> value)
    {
        using var output = new MemoryStream();
        foreach (var (literal, variable, isInText) in _parts)
        {
            if (variable is null) output.Write(literal);
            else if (value(variable) is { } json) output.Write(isInText ? JsonText.Content(json) : json);
            // A variable that the event has not does not appear: nothing within a text, an empty text as a value.
            else if (!isInText) output.Write("\"\""u8);
        }

        return _isCompact ? JsonText.Compact(output.ToArray()) : output.ToArray();
    }

    private static List<TemplatePart> Cut(string template, Func<string, bool> isVariable)
    {
        var parts = new List<TemplatePart>();
        var isInText = false;
        var from = 0;
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] == '"') isInText = !isInText;
            else if (template[at] == '\\' && isInText) at++;
            if (at >= template.Length || template[at] != '<') continue;
            var length = template.AsSpan(at).IndexOf('>') - 1;
            if (length < 1 || !isVariable(template.Substring(at + 1, length))) continue;
            parts.Add(new(Encoding.UTF8.GetBytes(template[from..at]), null, false));
            parts.Add(new([], template.Substring(at + 1, length), isInText));
            at += length + 1;
            from = at + 1;
        }

        parts.Add(new(Encoding.UTF8.GetBytes(template[from..]), null, false));
        return parts;
    }

    /// <summary>Reads the template as JSON, with a mark for each variable: one value or, as lines of quoted text, some.
    /// </summary>
    private static Fault? Check(List<TemplatePart> parts, out int count)
    {
        count = 0;
        var text = new StringBuilder();
        foreach (var (literal, variable, isInText) in parts)
        {
            if (variable is null) _ = text.Append(Encoding.UTF8.GetString(literal));
            else _ = text.Append(isInText ? Mark : $"\"{Mark}\"");
        }

        var options = new JsonReaderOptions { AllowMultipleValues = true };
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.ToString()), options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString()!.Contains(Mark))
                    return Refuse("a variable cannot be the key of an object");
                var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
                if (reader.CurrentDepth == 0 && !isEnd) count++;
            }
        }
        catch (JsonException)
        {
            return Refuse("it must be JSON, or text in quotes");
        }
        catch (InvalidOperationException)
        {
            return Refuse("it holds a text that is no Unicode");
        }

        return count > 0 ? null : Refuse("it is empty");
    }

    internal static Fault Refuse(string reason) =>
        new(FaultCode.InvalidValue, $"The input template is not valid: {reason}.");
}
