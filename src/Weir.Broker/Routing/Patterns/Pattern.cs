using System.Text;
using System.Text.Json;
using Weir.Engine;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// A filter policy or an event pattern, checked and unfolded: it matches when all conditions of any one of its choices
/// do. Many of them are matched at once by a <see cref="PatternSet{T}"/>.
/// </summary>
public sealed class Pattern
{
    private Pattern(IReadOnlyList<IReadOnlyList<FieldCondition>> choices) => Choices = choices;

    /// <summary>One, or more where the pattern says <c>$or</c>.</summary>
    internal IReadOnlyList<IReadOnlyList<FieldCondition>> Choices { get; }

    public static Outcome<Pattern> Parse(ReadOnlySpan<byte> utf8Json, PatternOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (utf8Json.Length > options.BytesMax && Encoding.UTF8.GetCharCount(utf8Json) > options.BytesMax)
            return Refuse($"it is longer than {options.BytesMax} characters");
        try
        {
            using var document = JsonDocument.Parse(
                utf8Json.ToArray(), new JsonDocumentOptions { MaxDepth = options.DepthMax });
            return Parse(document.RootElement, options);
        }
        catch (JsonException exception)
        {
            return Refuse($"it is not JSON, or nested deeper than {options.DepthMax} levels: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // What JsonElement answers for a text that escapes half of a surrogate pair.
            return Refuse("it holds a text that is no Unicode");
        }
    }

    private static Outcome<Pattern> Parse(JsonElement root, PatternOptions options)
    {
        if (root.ValueKind != JsonValueKind.Object) return Refuse("it must be a JSON object");
        var read = new PatternReader(options).Read(root);
        if (!read.IsOk) return read.Fault;
        var limits = PatternLimits.Check(read.Value, options);
        if (limits is not null) return limits;
        return new Pattern(read.Value.Unfold());
    }

    internal static Fault Refuse(string reason) => new(FaultCode.InvalidValue, $"The pattern is not valid: {reason}.");
}
