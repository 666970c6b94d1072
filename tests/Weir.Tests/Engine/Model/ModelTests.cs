using CsCheck;
using Xunit;

namespace Weir.Tests.Engine.Model;

/// <summary>Whatever is done, the engine answers as a list would, and holds what a list would.</summary>
public sealed class ModelTests
{
    private const int Iterations = 1_500;

    [Fact]
    public void A_standard_queue_does_as_its_model() =>
        Operations.Many.Sample(
            operations => Compare(isFifo: false, operations), iter: Iterations, print: Operations.Print);

    [Fact]
    public void A_fifo_queue_does_as_its_model() =>
        Operations.Many.Sample(
            operations => Compare(isFifo: true, operations), iter: Iterations, print: Operations.Print);

    /// <summary>A retention that is shortened ends a lease before it began, which is no time.</summary>
    [Fact]
    public void A_lease_that_ends_before_it_began_takes_no_groups_time_away() => Compare(isFifo: false,
    [
        new Send(0, 0, null, null), new Pass(70_000), new Receive(0, 1, 5, null),
        new Configure(0, Setting.Retention, 0), new Send(0, 1, null, null), new Send(0, 0, null, null),
        new Receive(0, 2, 5, null), new Pass(5_000), new Receive(0, 2, 1, null),
    ]);

    private static void Compare(bool isFifo, List<Operation> operations)
    {
        var both = new SideBySide(isFifo);

        // Looking brings a queue to the present. Half of the runs do without, so that it has to catch up by itself.
        var looksOften = operations.Count % 2 == 0;
        foreach (var operation in operations)
        {
            both.Do(operation);
            if (looksOften) both.CompareState(operation);
        }

        both.CompareState(operations[^1]);
    }
}
