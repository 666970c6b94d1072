using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weir.Broker.Endpoints;

/// <summary>
/// A text that nobody is to read: plain as it comes in, sealed as it is kept. A plain one is never written down, which
/// its writer asserts.
/// </summary>
[JsonConverter(typeof(SecretTextConverter))]
public sealed record SecretText
{
    private SecretText(string value, bool isSealed) => (Value, IsSealed) = (value, isSealed);

    internal string Value { get; }

    internal bool IsSealed { get; }

    public static SecretText Plain(string value) => new(value, isSealed: false);

    /// <summary>False for a plain one that would end a header; what is sealed was looked at before.</summary>
    public bool MayBeHeader => IsSealed || HeaderRules.AllowsValue(Value);

    /// <summary>Shows nothing: it may get into a log.</summary>
    public override string ToString() => "(secret)";

    internal static SecretText Sealed(string value) => new(value, isSealed: true);
}

internal sealed class SecretTextConverter : JsonConverter<SecretText>
{
    public override SecretText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SecretText.Sealed(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, SecretText value, JsonSerializerOptions options)
    {
        if (!value.IsSealed) throw new InvalidOperationException("A secret would be written down as it is.");
        writer.WriteStringValue(value.Value);
    }
}
