using System.Diagnostics;
using Weir.WireTests.Clients;

namespace Weir.WireTests.Crash;

/// <summary>
/// Receives and deletes until it is told to stop. Now and then it leaves what it received, so that it comes again and
/// its receive count can be seen to rise. Of an answer it goes on in order, and gives up the rest when a deletion is
/// not acknowledged: that is what keeps a FIFO group in order.
/// </summary>
public sealed class Consumer(
    SqsClient sqs,
    Ledger ledger,
    Gate gate,
    Room room,
    string queue,
    TimeSpan visibilityTimeout,
    Random random)
    : LoadClient(sqs, ledger, gate)
{
    private const double ShareLeft = 0.05;
    private const int WaitSeconds = 1;

    public async Task ConsumeAsync(Func<bool> mayLeave, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await ServedAsync(CancellationToken.None);
            var began = Ledger.Tick();
            var clock = Stopwatch.StartNew();
            var (_, messages) = await TryAsync(() => Sqs.ReceiveAsync(queue, WaitSeconds));
            if (messages is null or { Count: 0 }) continue;
            Ledger.Receives.Enqueue(new ReceiveFact(
                new Span(began, Ledger.Tick()),
                [.. messages.Select(message => new DeliveredMessage(message.Text, message.Id, message.Count))]));
            if (mayLeave() && random.NextDouble() < ShareLeft) continue;
            foreach (var message in messages)
            {
                if (await DeleteAsync(message, clock) != Outcome.Ok) break;
            }
        }
    }

    private async Task<Outcome> DeleteAsync(Received message, Stopwatch sinceReceive)
    {
        var began = Ledger.Tick();
        var (outcome, _) = await TryAsync(() => Sqs.DeleteAsync(queue, message));
        var inLease = sinceReceive.Elapsed < visibilityTimeout;
        Ledger.Deletes.Enqueue(new DeleteFact(message.Text, new Span(began, Ledger.Tick()), outcome, inLease));
        if (outcome != Outcome.Failed) room.Leave(message.Text);
        return outcome;
    }
}
