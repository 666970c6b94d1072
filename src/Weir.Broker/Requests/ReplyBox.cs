using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Requests;

/// <summary>
/// Replies to messages whose sender asked for one, kept for a day. That one is expected is noted as a definition with
/// the message; a reply's content goes to an internal queue, and the definition tells its place.
/// </summary>
public sealed class ReplyBox(Broker broker)
{
    /// <summary>Messages of an account that a reply is expected to, or came to, in a day.</summary>
    public const int RepliesMax = 100_000;

    /// <summary>Replies belong to an account wherever their message is.</summary>
    private const string Region = "any";

    private const string Name = "all";

    private readonly HourlyScopes _scopes = new(broker, "reply");
    private readonly ReplyWaiters _waiters = new();

    /// <summary>Keeps a reply.</summary>
    /// <returns>A fault when there is one already, or nobody asked for it.</returns>
    public async ValueTask<Outcome<Done>> PutAsync(string account, Guid message, MessageContent reply)
    {
        await _scopes.SweepAsync().ConfigureAwait(false);
        if (_scopes.Find(broker.Definitions, account, Region, Name, ItemOf(message)) is not { } expected)
            return RequestFaults.NoReplyExpected;
        if (!expected.Definition.Value.IsEmpty) return RequestFaults.Replied;
        var queue = QueueOf(account);
        var created = await broker.ExecuteAsync(new DefineCommand([])
        {
            Create = [new InternalQueue(queue, new QueueConfig { Retention = TimeSpan.FromDays(1) })],
        }).ConfigureAwait(false);
        if (!created.IsOk) return created.Fault;
        var id = broker.Ids.NewId();
        var outcome = await broker.ExecuteAsync(new PublishCommand(
        [
            new Publication
            {
                MessageId = id,
                Contents = [new PublishedContent(reply.Encode(), reply.Bytes)],
                Deliveries = [new Engine.Delivery { Queue = queue, MessageId = id }],
            },
        ])
        {
            Note = new DefinitionChange
            {
                Scope = expected.Scope,
                Item = ItemOf(message),
                Value = ReadOnlyMemory<byte>.Empty,
                ExpectedRevision = expected.Definition.Revision,
            },
        }).ConfigureAwait(false);
        if (outcome.Fault is { } fault) return fault.Code == FaultCode.ConfigChanged ? RequestFaults.Replied : fault;
        if (outcome.Value.Failures.Count > 0) return outcome.Value.Failures[0].Reason;
        _waiters.Wake(account, message);
        return default(Done);
    }

    /// <summary>
    /// Completes when the reply comes. To be called before looking whether it is there; until <paramref name="giveUp"/>
    /// is cancelled somebody waits.
    /// </summary>
    public Task WaitAsync(string account, Guid message, CancellationToken giveUp)
    {
        var waiter = _waiters.Add(account, message);
        giveUp.Register(() => _waiters.Remove(account, message, waiter));
        return waiter.Task;
    }

    /// <returns>Whether a reply was asked for, and it, or null when there is none yet.</returns>
    public async ValueTask<Outcome<(bool IsExpected, MessageContent? Reply)>> FindAsync(
        string account, Guid message, bool withContent)
    {
        var read = await broker.ReadDefinitionsAsync(account).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (_scopes.Find(read.Value, account, Region, Name, ItemOf(message)) is not { } found) return (false, null);
        if (found.Definition.Value.IsEmpty) return (true, null);
        if (!withContent) return (true, new MessageContent { Body = default });
        var place = PlacesFormat.Read(found.Definition.Value.Span)[0].Places[0].Place;
        var browsed = await broker.BrowseAsync(new BrowseCommand(QueueOf(account), place.Sequence - 1, 0, 1))
            .ConfigureAwait(false);
        if (!browsed.IsOk) return browsed.Fault;
        return browsed.Value.Count == 1 && browsed.Value[0].Stored.Sequence == place.Sequence
            ? (true, browsed.Value[0].Content)
            : (false, null);
    }

    /// <summary>Notes with the messages that go out that each may have a reply.</summary>
    /// <returns>Why that cannot be.</returns>
    internal async ValueTask<Fault?> ExpectAsync(Outgoing outgoing, string account)
    {
        await _scopes.SweepAsync().ConfigureAwait(false);
        var expected = _scopes.Count(broker.Definitions, account, Region, Name);
        if (expected + outgoing.Publications.Count > RepliesMax) return RequestFaults.TooManyReplies(RepliesMax);
        var (scope, _) = _scopes.ScopesOf(account, Region, Name);
        foreach (var publication in outgoing.Publications)
        {
            outgoing.Require(new DefinitionChange
            {
                Scope = scope, Item = ItemOf(publication.MessageId), Value = ReadOnlyMemory<byte>.Empty,
            });
        }

        return null;
    }

    private static QueueName QueueOf(string account) => new(account, Region, $"{QueueName.InternalPrefix}replies");

    private static string ItemOf(Guid message) => message.ToString("N");
}
