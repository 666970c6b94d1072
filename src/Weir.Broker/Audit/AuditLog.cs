using System.Text.Json;
using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Audit;

/// <summary>
/// Who changed what, for a year. An entry is on disk before the change is acknowledged, so an acknowledged change is
/// always told; one whose answer was cut off may be missing. While there is no room on the disk, entries go to the
/// server's log instead.
/// </summary>
public sealed partial class AuditLog(Broker broker, ILogger log)
{
    /// <summary>At most in one page.</summary>
    public const int PageMax = 1_000;

    private const int RetentionDays = 365;
    private const int PageBytesMax = 4 << 20;

    /// <summary>Longer texts of a request are cut.</summary>
    private const int TextLengthMax = 512;

    private static readonly QueueName Queue = new(AccessKey.AnyAccount, "", $"{QueueName.InternalPrefix}audit");

    private static readonly InternalQueue Storage = new(Queue, QueueConfig.Standard with
    {
        Retention = TimeSpan.FromDays(RetentionDays), MessageBytesMax = 1 << 20,
    });

    private volatile bool _isThere;

    /// <summary>Writes an entry; it is on disk when this is done.</summary>
    public async ValueTask WriteAsync(AuditEntry entry)
    {
        var outcome = await TryWriteAsync(entry).ConfigureAwait(false);
        if (!outcome.IsOk) LogUnwritten(entry, outcome.Fault.Message);
    }

    /// <summary>Entries in the order in which they were written.</summary>
    /// <param name="after">The sequence of the last one that was read; 0 to begin.</param>
    /// <param name="max">1 to <see cref="PageMax"/>.</param>
    public async ValueTask<Outcome<IReadOnlyList<(long Sequence, AuditEntry Entry)>>> ReadAsync(
        long after, DateTimeOffset from, int max)
    {
        var browse = new BrowseCommand(Queue, after, from.ToUnixTimeMilliseconds(), max)
        {
            ContentBytesMax = PageBytesMax,
        };
        var found = await broker.BrowseAsync(browse).ConfigureAwait(false);
        if (found.Fault is { } fault)
            return fault.Code == FaultCode.QueueNotFound ? Array.Empty<(long, AuditEntry)>() : fault;
        return found.Value.Select(message => (message.Stored.Sequence,
            JsonSerializer.Deserialize(message.Content.Body.Span, AuditJson.Default.AuditEntry)!)).ToArray();
    }

    private async ValueTask<Outcome<Done>> TryWriteAsync(AuditEntry entry)
    {
        if (!_isThere)
        {
            var made = await broker.ExecuteAsync(new DefineCommand([]) { Create = [Storage] }).ConfigureAwait(false);
            if (!made.IsOk) return made.Fault;
            _isThere = true;
        }

        entry = entry with { Resource = Cut(entry.Resource), Who = Cut(entry.Who), From = Cut(entry.From) };
        var content = new MessageContent
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntry),
        };
        var sent = await broker.ExecuteAsync(new SendCommand(Queue, [new SendEntry
        {
            MessageId = broker.Ids.NewId(), Payload = content.Encode(), ContentBytes = content.Bytes,
        }])).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Fault;
        return sent.Value[0].Fault is { } refused ? refused : default(Done);
    }

    [LoggerMessage(LogLevel.Error, "A change could not be told in the audit log: {Entry}: {Reason}")]
    private partial void LogUnwritten(AuditEntry entry, string reason);

    private static string Cut(string text) => text.Length <= TextLengthMax ? text : text[..TextLengthMax] + "...";
}
