using System.Text.Json.Nodes;
using Weir.WireTests.Clients;

namespace Weir.WireTests.Crash;

/// <summary>
/// Sends until it is told to stop, never more than the room allows beyond what has been deleted. A standard message is
/// tried once; a FIFO message again and again, under its deduplication id, until its sending is acknowledged.
/// </summary>
public sealed class Producer(SqsClient sqs, Ledger ledger, Gate gate, Room room)
    : LoadClient(sqs, ledger, gate)
{
    public async Task SendStandardAsync(string name, string queue, CancellationToken stop)
    {
        for (var i = 0; await GoesOnAsync(stop); i++)
        {
            var key = $"{name}/{i}";
            var (outcome, _) = await TryAsync(() => Sqs.SendAsync(queue, key));
            Note(key, outcome);
        }
    }

    public async Task SendBatchesAsync(string name, string queue, int size, CancellationToken stop)
    {
        for (var i = 0; await GoesOnAsync(stop, size); i++)
        {
            string[] keys = [.. Enumerable.Range(0, size).Select(entry => $"{name}/{i}-{entry}")];
            var (outcome, answer) = await TryAsync(() => Sqs.SendBatchAsync(
                queue, [.. keys.Select(key => new JsonObject { ["MessageBody"] = key })]));
            for (var entry = 0; entry < size; entry++)
                Note(keys[entry], OutcomeOf($"{entry}", outcome, answer));
        }
    }

    public async Task SendFifoAsync(string group, string queue, CancellationToken stop)
    {
        for (var i = 0; await GoesOnAsync(stop); i++)
        {
            var key = new GroupPlace(group, i).Key;
            Outcome outcome;
            do
            {
                await ServedAsync(CancellationToken.None);
                (outcome, _) = await TryAsync(() => Sqs.SendAsync(queue, key, group, key));
                Ledger.Sends.Enqueue(new SendFact(key, outcome));
            }
            while (outcome != Outcome.Ok);
        }
    }

    private void Note(string key, Outcome outcome)
    {
        Ledger.Sends.Enqueue(new SendFact(key, outcome));
        if (outcome != Outcome.Ok) room.Leave(key);
    }

    private async Task<bool> GoesOnAsync(CancellationToken stop, int messages = 1)
    {
        try
        {
            for (var i = 0; i < messages; i++) await room.EnterAsync(stop);
            await ServedAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Outcome OutcomeOf(string id, Outcome whole, JsonObject? answer)
    {
        if (answer is null) return whole;
        if (answer.Ids("Successful").Contains(id)) return Outcome.Ok;
        var failed = answer["Failed"]!.AsArray().First(entry => (string?)entry!["Id"] == id)!;
        return (bool)failed["SenderFault"]! ? Outcome.Failed : Outcome.Unknown;
    }
}
