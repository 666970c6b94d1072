using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Core;
using CloudNative.CloudEvents.SystemTextJson;

namespace Weir.Protocols.Rest.Messages;

/// <summary>Reads CloudEvents from HTTP requests: in headers, or whole in the body, or several there.</summary>
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
internal static class CloudEventReader
{
    public const string HeaderPrefix = "ce-";
    public const int BatchMax = 10;

    private const string VersionName = "specversion";
    private const string EventType = "application/cloudevents";
    private const string BatchType = "application/cloudevents-batch";
    private const string JsonSuffix = "+json";

    private static readonly JsonEventFormatter Formatter = new();

    public static bool IsBinary(RestCall call) => call.Context.Request.Headers.Keys
        .Any(header => header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase));

    public static bool IsStructured(string mediaType) =>
        IsBatch(mediaType) || MimeUtilities.IsCloudEventsContentType(mediaType)
        || mediaType.StartsWith(EventType, StringComparison.OrdinalIgnoreCase);

    public static bool IsBatch(string mediaType) =>
        mediaType.StartsWith(BatchType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The attributes of an event in headers, by name and decoded.</summary>
    public static (CloudEvent? Event, Problem? Problem) ReadBinary(RestCall call)
    {
        var attributes = Attributes(call);
        if (Missing(attributes.ContainsKey, HeaderPrefix) is { } missing) return (null, missing);
        if (CloudEventsSpecVersion.FromVersionId(attributes[VersionName]) is not { } version)
            return (null, UnknownVersion(attributes[VersionName]));
        var read = new CloudEvent(version);
        try
        {
            foreach (var (name, value) in attributes)
            {
                if (name != VersionName) read.SetAttributeFromString(name, value);
            }

            if (call.ContentType is { } type) read.DataContentType = type;
            return (read.Validate(), null);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            return (null, Problems.Invalid("invalid-cloudevent", e.Message));
        }
    }

    /// <summary>The events in a body, each with its own bytes.</summary>
    public static (IReadOnlyList<(CloudEvent Event, ReadOnlyMemory<byte> Json)> Events, Problem? Problem)
        ReadStructured(RestCall call, string mediaType)
    {
        if (!mediaType.EndsWith(JsonSuffix, StringComparison.OrdinalIgnoreCase))
            return ([], Problems.UnsupportedMediaType(mediaType));
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            var root = document.RootElement;
            return IsBatch(mediaType) ? ReadBatch(root) : ReadOne(root, call.Body);
        }
        catch (JsonException e)
        {
            return ([], Problems.Invalid("invalid-cloudevent", $"The body is no JSON: {e.Message}"));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            return ([], Problems.Invalid("invalid-cloudevent", e.Message));
        }
    }

    /// <summary>Names of attributes are lower-case letters and digits; values are percent-encoded.</summary>
    public static SortedDictionary<string, string> Attributes(RestCall call)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (header, value) in call.Context.Request.Headers)
        {
            if (!header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            attributes[header[HeaderPrefix.Length..].ToLowerInvariant()] = Uri.UnescapeDataString(value.ToString());
        }

        return attributes;
    }

    private static (IReadOnlyList<(CloudEvent, ReadOnlyMemory<byte>)>, Problem?) ReadBatch(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
            return ([], Problems.Invalid("invalid-cloudevent", "A batch is a JSON array of events."));
        var length = root.GetArrayLength();
        if (length is 0 or > BatchMax)
        {
            return ([], Problems.Invalid(
                "invalid-cloudevent", $"A batch has 1 to {BatchMax} events, and this one has {length}."));
        }

        var events = new List<(CloudEvent, ReadOnlyMemory<byte>)>(length);
        foreach (var element in root.EnumerateArray())
        {
            var json = Encoding.UTF8.GetBytes(element.GetRawText());
            var (read, problem) = ReadOne(element, json);
            if (problem is not null) return ([], problem);
            events.AddRange(read);
        }

        return (events, null);
    }

    private static (IReadOnlyList<(CloudEvent, ReadOnlyMemory<byte>)>, Problem?) ReadOne(
        JsonElement element, ReadOnlyMemory<byte> json)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return ([], Problems.Invalid("invalid-cloudevent", "An event is a JSON object."));
        if (Missing(name => IsThere(element, name), "") is { } missing) return ([], missing);
        var version = element.GetProperty(VersionName).ToString();
        if (CloudEventsSpecVersion.FromVersionId(version) is null) return ([], UnknownVersion(version));
        var read = Formatter.DecodeStructuredModeMessage(json, new ContentType(EventType + JsonSuffix), null);
        return ([(read, json)], null);
    }

    private static bool IsThere(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value is { ValueKind: JsonValueKind.String } && value.GetString() is { Length: > 0 };

    private static Problem? Missing(Func<string, bool> isThere, string prefix)
    {
        string[] required = [VersionName, "id", "source", "type"];
        var missing = required.Where(name => !isThere(name)).Select(name => prefix + name).ToArray();
        return missing.Length == 0
            ? null
            : Problems.Invalid("invalid-cloudevent", $"Required attributes are missing: {string.Join(", ", missing)}.");
    }

    private static Problem UnknownVersion(string version) =>
        Problems.Invalid("invalid-cloudevent", $"CloudEvents of version {version} are not known; 1.0 is.");
}
