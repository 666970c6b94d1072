using System.Globalization;
using Weir.Broker.DeadLetters;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Shows messages of a queue in the order of sending, whatever their state, and leases none.</summary>
internal sealed class PeekQueueOperation : QueueOperation
{
    private const string MaxName = "peek";
    private const string AfterName = "after";
    private const string WhereName = "where";
    private const int MaxDefault = 10;
    private const int MessagesMax = 100;
    private const long ContentBytesMax = 1 << 20;

    public override string Method => "GET";

    public override string Path => "/_weir/queues/{name}/messages";

    /// <summary>It leases nothing, but shows what a receive would.</summary>
    public override string Permission => "sqs:ReceiveMessage";

    protected override async ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue)
    {
        if (Read(call, MaxName, MaxDefault, 1, MessagesMax) is not { } max)
            return Problems.Invalid("invalid-parameter", $"{MaxName} is a whole number from 1 to {MessagesMax}.");
        if (Read(call, AfterName, 0, 0, long.MaxValue) is not { } after)
            return Problems.Invalid("invalid-parameter", $"{AfterName} is the sequence of a message.");
        var (filter, wrong) = ReadFilter(call.Context.Request.Query[WhereName].ToString());
        if (wrong is not null) return wrong;
        var browsed = await call.Broker.BrowseAsync(
            new BrowseCommand(queue, after, fromUnixMs: 0, (int)max) { ContentBytesMax = ContentBytesMax });
        if (!browsed.IsOk) return Problems.From(browsed.Fault);
        await RestAnswer.WriteAsync(call.Context, 200, json =>
        {
            json.WriteStartArray("messages");
            foreach (var (stored, content) in browsed.Value)
            {
                if (filter?.Wants(stored, content) != false)
                    MessageView.Write(json, stored, content, isBodyOpened: false);
            }

            json.WriteEndArray();

            // Whoever wants more asks for what is behind the last one that was looked at; no next is the end.
            if (browsed.Value.Count > 0) json.WriteNumber("next", browsed.Value[^1].Stored.Sequence);
        });
        return null;
    }

    private static (MessageFilter? Filter, Problem? Problem) ReadFilter(string text)
    {
        if (text.Length == 0) return (null, null);
        var parsed = MessageFilter.Parse(text);
        return parsed.IsOk
            ? (parsed.Value, null)
            : (null, Problems.Invalid("invalid-parameter", $"{WhereName}: {parsed.Fault.Message}"));
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
}
