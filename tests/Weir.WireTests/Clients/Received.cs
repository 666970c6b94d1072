using System.Globalization;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>A received message as the client gave it.</summary>
public sealed record Received(JsonObject Message)
{
    public string Id => (string)Message["MessageId"]!;

    public string Text => (string)Message["Body"]!;

    public string Handle => (string)Message["ReceiptHandle"]!;

    public string? TextChecksum => (string?)Message["MD5OfBody"];

    public string? CustomChecksum => (string?)Message["MD5OfMessageAttributes"];

    public JsonObject Custom => Message["MessageAttributes"] as JsonObject ?? [];

    public int Count => int.Parse(System("ApproximateReceiveCount"), CultureInfo.InvariantCulture);

    /// <summary>A system attribute that must be there.</summary>
    public string System(string name) =>
        (string?)(Message["Attributes"] as JsonObject)?[name]
        ?? throw new InvalidOperationException($"The message has no attribute {name}: {Message}");

    public bool HasSystem(string name) => (Message["Attributes"] as JsonObject)?[name] is not null;
}
