using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Admin;

/// <summary>
/// Reads what requests with a JSON object say, of the admin API most of them; a member that is not known is refused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TenantInput))]
[JsonSerializable(typeof(KeyInput))]
[JsonSerializable(typeof(KeyChange))]
[JsonSerializable(typeof(QuotaInput))]
[JsonSerializable(typeof(MoveInput))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    public static (T? Input, Problem? Problem) Read<T>(
        ReadOnlySpan<byte> body, JsonTypeInfo<T> type, Func<T, Problem?> check)
        where T : class
    {
        try
        {
            var input = JsonSerializer.Deserialize(body, type);
            return input is null ? (null, Wrong("The body must be a JSON object.")) : (input, check(input));
        }
        catch (JsonException e)
        {
            var members = string.Join(", ", type.Properties.Select(property => property.Name));
            return (null, Wrong($"The body is not as it should be at {e.Path ?? "its beginning"}: it is a JSON object "
                + $"that may have {members}."));
        }
    }

    public static Problem Wrong(string detail) => Problems.Invalid("invalid-input", detail);
}
