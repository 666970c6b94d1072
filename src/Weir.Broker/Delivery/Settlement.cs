using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Delivery;

/// <summary>
/// Writes down what came of a delivery: the message is deleted, waits for its retry, or goes to the dead-letter queue
/// in the same commit that takes it from its own.
/// </summary>
internal sealed partial class Settlement(
    Broker broker, PushOptions options, TimeProvider time, IdSource ids, ILogger logger)
{
    /// <summary>While the broker refuses for the moment: so often, and so long between. Then the lease ends by itself.
    /// </summary>
    private const int TriesMax = 5;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>A lease may be this long from its receive on, see <see cref="ChangeVisibilityCommand"/>; with room for
    /// the time that the delivery took.</summary>
    private static readonly TimeSpan DelayMax = TimeSpan.FromHours(11);

    /// <summary>When there is no room for a dead letter: as soon as the message is tried again.</summary>
    private static readonly TimeSpan NoRoomDelay = TimeSpan.FromMinutes(1);

    public Task DeleteAsync(PushRoute route, ReceivedMessage message) =>
        ExecuteAsync(new DeleteCommand(route.Queue, [message.Lease.Receipt.ToString()]));

    /// <summary>Makes the lease last from now on; false when it is lost already.</summary>
    public async Task<bool> ExtendAsync(PushRoute route, ReceivedMessage message, TimeSpan lease)
    {
        var change = new VisibilityChange(message.Lease.Receipt.ToString(), lease);
        var outcome = await ExecuteAsync(new ChangeVisibilityCommand(route.Queue, [change])).ConfigureAwait(false);
        return outcome.IsOk && outcome.Value[0].IsOk;
    }

    public async Task FailAsync(PushRoute route, RouteState state, ReceivedMessage message, PushAnswer answer)
    {
        var attempts = message.Lease.ReceiveCount;
        var isPermanent = answer.Kind is PushFailureKind.Refused or PushFailureKind.Unrenderable
            || (answer.Kind == PushFailureKind.Status && !route.Retry.RetriesStatus(answer.Status!.Value));
        var delay = isPermanent ? null : DelayAfter(route.Retry, attempts, AgeOf(message), answer.RetryAfter);
        if (delay is { } wait)
        {
            await ExtendAsync(route, message, wait).ConfigureAwait(false);
            return;
        }

        var reason = isPermanent ? GiveUpReason.Permanent
            : attempts >= route.Retry.TriesMax ? GiveUpReason.RetriesUsedUp
            : GiveUpReason.TooOld;
        var failure = new PushFailure(answer.Kind!.Value, answer.Status, answer.Error, attempts, reason);
        await GiveUpAsync(route, state, message, failure).ConfigureAwait(false);
    }

    public async Task GiveUpAsync(PushRoute route, RouteState state, ReceivedMessage message, PushFailure failure)
    {
        if (await DeadLetterOfAsync(route, message, failure).ConfigureAwait(false) is { } letter)
        {
            var outcome = await ExecuteAsync(Move(route, message, letter)).ConfigureAwait(false);
            if (outcome.IsOk && outcome.Value.Failures.Count == 0)
            {
                state.DeadLettered();
                return;
            }

            var notTaken = outcome.Fault ?? outcome.Value.Failures[0].Reason;
            if (notTaken.Code is FaultCode.QueueFull or FaultCode.QuotaReached
                || outcome.Fault is { Code: not FaultCode.InvalidValue })
            {
                // Another has the message now, or there is no room: it must not be lost for that.
                LogKept(route.Id, message.Lease.MessageId, notTaken.Message);
                await ExtendAsync(route, message, NoRoomDelay).ConfigureAwait(false);
                return;
            }

            LogNotTaken(route.Id, message.Lease.MessageId, notTaken.Message);
        }

        LogDropped(route.Id, message.Lease.MessageId, failure.Attempts, failure.Message);
        state.Dropped();
        await ExecuteAsync(new PublishCommand([]) { Consume = [GivenUp(route, message)] }).ConfigureAwait(false);
    }

    public TimeSpan AgeOf(ReceivedMessage message) =>
        time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(message.Lease.SentUnixMs);

    private TimeSpan? DelayAfter(RetryPolicy retry, int attempts, TimeSpan age, TimeSpan? retryAfter)
    {
        if (retry.DelayAfter(attempts, age, NextJitter()) is not { } delay) return null;
        if (retryAfter is { } asked)
        {
            var bounded = Min(asked, options.RetryAfterMax);
            if (bounded > delay) delay = bounded;
            if (retry.AgeMax is { } ageMax && age + delay >= ageMax) return null;
        }

        return Min(delay, DelayMax);
    }

    private async ValueTask<DeadLetterContent?> DeadLetterOfAsync(
        PushRoute route, ReceivedMessage message, PushFailure failure)
    {
        try
        {
            return route.DeadLetter is { } make ? await make(message, failure).ConfigureAwait(false) : null;
        }
        catch (Exception broken)
        {
            // A defect of whoever made the route; the message is reported as dropped like any that nobody takes.
            LogNotTaken(route.Id, message.Lease.MessageId, broken.Message);
            return null;
        }
    }

    private PublishCommand Move(PushRoute route, ReceivedMessage message, DeadLetterContent letter)
    {
        var content = letter.Content;
        var bytes = content.Body.Length + content.Attributes.Sum(attribute =>
            attribute.Name.Length + attribute.DataType.Length + attribute.Value.Length);
        var id = ids.NewId();
        return new PublishCommand(
        [
            new Publication
            {
                MessageId = id,
                Contents = [new PublishedContent(content.Encode(), bytes)],
                Deliveries =
                [
                    new Engine.Delivery
                    {
                        Queue = letter.Queue,
                        MessageId = id,
                        GroupId = letter.GroupId,
                        DeduplicationId = letter.DeduplicationId,
                    },
                ],
            },
        ])
        {
            Consume = [GivenUp(route, message)],
        };
    }

    private static Consumption GivenUp(PushRoute route, ReceivedMessage message) =>
        new(route.Queue, [message.Lease.Receipt]) { IsGivenUp = true };

    private async Task<Outcome<T>> ExecuteAsync<T>(Command<T> command)
    {
        var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
        for (var tries = 1; outcome.Fault?.Code == FaultCode.Overloaded && tries < TriesMax; tries++)
        {
            await Task.Delay(TryAgain * tries, time).ConfigureAwait(false);
            outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
        }

        return outcome;
    }

    // The last six bytes of an id are random, whatever its version.
    private double NextJitter()
    {
        Span<byte> id = stackalloc byte[16];
        ids.NewId().TryWriteBytes(id);
        long bits = 0;
        foreach (var part in id[10..]) bits = (bits << 8) | part;
        return bits / (double)(1L << 48);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(LogLevel.Warning,
        "Route {Route}: message {MessageId} could not be delivered in {Attempts} attempts and is dropped: {Reason}")]
    private partial void LogDropped(string route, Guid messageId, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "Route {Route}: no dead-letter queue takes message {MessageId}: {Reason}")]
    private partial void LogNotTaken(string route, Guid messageId, string reason);

    [LoggerMessage(LogLevel.Warning, "Route {Route}: message {MessageId} stays where it is for now: {Reason}")]
    private partial void LogKept(string route, Guid messageId, string reason);
}
