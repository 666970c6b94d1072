using Weir.WireTests.Clients;

namespace Weir.WireTests.Crash;

/// <summary>What producers and consumers share: a client, the ledger, and the rule for what an outcome is.</summary>
public abstract class LoadClient(SqsClient sqs, Ledger ledger, Gate gate)
{
    protected SqsClient Sqs { get; } = sqs;

    protected Ledger Ledger { get; } = ledger;

    protected Task ServedAsync(CancellationToken cancellation) => gate.WaitAsync(cancellation);

    /// <summary>Ok: an answer. Failed: the server refused it as the caller's fault. Anything else is unknown.</summary>
    protected static async Task<(Outcome Outcome, T? Answer)> TryAsync<T>(Func<Task<T>> call) where T : class
    {
        try
        {
            return (Outcome.Ok, await call());
        }
        catch (SqsRefusedException refused)
        {
            return (refused.Status < 500 ? Outcome.Failed : Outcome.Unknown, null);
        }
        catch (SqsUnknownOutcomeException)
        {
            return (Outcome.Unknown, null);
        }
    }
}
