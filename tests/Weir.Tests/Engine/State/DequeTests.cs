using CsCheck;
using Weir.Engine.State;
using Xunit;

namespace Weir.Tests.Engine.State;

public sealed class DequeTests
{
    private const int Iterations = 1_000;

    /// <summary>Beside a list: and what a snapshot shows stays as it was, whatever happens afterwards.</summary>
    [Fact]
    public void It_does_as_a_list_and_snapshots_never_change() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 700]).List[1, 60]
        .Sample(steps =>
        {
            var (deque, list) = (new Deque<int>(), new List<int>());
            var snapshots = new List<(Deque<int>.Snapshot Snapshot, int[] Items)>();
            var next = 0;
            foreach (var (kind, count) in steps)
            {
                switch (kind)
                {
                    case < 4:
                        for (var i = 0; i < count; i++)
                        {
                            deque.Append(next);
                            list.Add(next++);
                        }

                        break;
                    case < 8:
                        for (var i = 0; i < count && list.Count > 0; i++)
                        {
                            Assert.Equal(list[0], deque.First);
                            deque.PopFirst();
                            list.RemoveAt(0);
                        }

                        break;
                    case 8 when list.Count > 0:
                        deque.Set(count % list.Count, next);
                        list[count % list.Count] = next++;
                        break;
                    default:
                        snapshots.Add((deque.TakeSnapshot(), [.. list]));
                        break;
                }

                Assert.Equal(list.Count, deque.Count);
                for (var i = 0; i < list.Count; i += 37) Assert.Equal(list[i], deque[i]);
            }

            foreach (var (snapshot, items) in snapshots)
                Assert.Equal(items, Enumerable.Range(0, snapshot.Count).Select(i => snapshot[i]));
        }, iter: Iterations);
}
