using Weir.Journal;

namespace Weir.Broker;

/// <summary>What the broker holds and does, at one moment.</summary>
/// <param name="Messages">In all queues: visible, in flight and delayed.</param>
/// <param name="ContentBytes">Their contents' bytes in the log.</param>
/// <param name="WaitingCommands">Commands that wait for execution.</param>
/// <param name="WaitingReceives">Receives that wait for a message.</param>
public sealed record BrokerFigures(
    int Queues, long Messages, long ContentBytes, int WaitingCommands, int WaitingReceives, JournalFigures Journal);
