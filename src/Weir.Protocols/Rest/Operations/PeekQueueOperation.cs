using System.Globalization;
using System.Text.Json;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Shows messages of a queue in the order of sending, whatever their state, and leases none.</summary>
internal sealed class PeekQueueOperation : RestOperation
{
    private const string MaxName = "peek";
    private const string AfterName = "after";
    private const int MaxDefault = 10;
    private const int MessagesMax = 100;
    private const long ContentBytesMax = 1 << 20;

    public override string Method => "GET";

    public override string Path => "/_weir/queues/{name}/messages";

    /// <summary>It leases nothing, but shows what a receive would.</summary>
    public override string Permission => "sqs:ReceiveMessage";

    public override AwsResource ResourceOf(RestCall call) => AwsResource.Of(
        call.Broker.Definitions, new QueueName(call.Identity.Account, call.Identity.Region, call.Name));

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!QueueNameText.IsValid(call.Name)) return Problems.NoSuchPath;
        var queue = new QueueName(call.Identity.Account, call.Identity.Region, call.Name);
        if (Read(call, MaxName, MaxDefault, 1, MessagesMax) is not { } max)
            return Problems.Invalid("invalid-parameter", $"{MaxName} is a whole number from 1 to {MessagesMax}.");
        if (Read(call, AfterName, 0, 0, long.MaxValue) is not { } after)
            return Problems.Invalid("invalid-parameter", $"{AfterName} is the sequence of a message.");
        var browsed = await call.Broker.BrowseAsync(
            new BrowseCommand(queue, after, fromUnixMs: 0, (int)max) { ContentBytesMax = ContentBytesMax });
        if (!browsed.IsOk) return Problems.From(browsed.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            json.WriteStartArray("messages");
            foreach (var message in browsed.Value) Write(json, message);
            json.WriteEndArray();

            // Whoever wants more asks for what is behind the last one; an empty page is the end.
            if (browsed.Value.Count > 0) json.WriteNumber("next", browsed.Value[^1].Stored.Sequence);
        });
        return null;
    }

    private static long? Read(RestCall call, string name, long value, long min, long max)
    {
        var given = call.Context.Request.Query[name];
        if (given.Count == 0) return value;
        return long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : null;
    }

    private static void Write(Utf8JsonWriter json, BrowsedMessage message)
    {
        var (stored, content) = message;
        json.WriteStartObject();
        json.WriteNumber("sequence", stored.Sequence);
        json.WriteString("id", stored.MessageId);
        json.WriteString("sent", DateTimeOffset.FromUnixTimeMilliseconds(stored.SentUnixMs));
        json.WriteNumber("receives", stored.ReceiveCount);
        if (stored.GroupId is { } group) json.WriteString("group", group);
        if (stored.DeadLetterSource is { } source) json.WriteString("source", source.Name);
        json.WriteString("body", content.Body.Span);
        json.WriteStartObject("attributes");
        foreach (var (name, type, value) in content.Attributes)
        {
            if (AttributeType.IsBinary(type)) json.WriteBase64String(name, value.Span);
            else json.WriteString(name, value.Span);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
