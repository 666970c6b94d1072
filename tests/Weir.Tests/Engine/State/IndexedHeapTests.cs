using CsCheck;
using Weir.Engine.State;
using Xunit;

namespace Weir.Tests.Engine.State;

public sealed class IndexedHeapTests
{
    [Fact]
    public void It_does_as_a_sorted_list() => Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 1000], Gen.Int[0, 1000]).List[1, 400].Sample(steps =>
    {
        var heap = new IndexedHeap<Item, Item>();
        var model = new List<Item>();
        foreach (var (action, which, key) in steps)
        {
            var item = model.Count == 0 ? null : model[which % model.Count];
            if (item is null || action <= 1)
            {
                model.Add(new Item { Key = key });
                heap.Add(model[^1]);
            }
            else if (action == 2)
            {
                model.Remove(item);
                heap.Remove(item);
                Assert.Equal(-1, item.Index);
            }
            else
            {
                item.Key = key;
                heap.Moved(item);
            }

            Assert.Equal(model.Count, heap.Count);
            Assert.Equal(model.Count == 0 ? null : model.Min(other => other.Key), heap.First?.Key);
        }

        var sorted = new List<int>();
        while (heap.First is { } first)
        {
            sorted.Add(first.Key);
            heap.Remove(first);
        }

        Assert.Equal(model.Select(item => item.Key).Order(), sorted);
    }, iter: 300);

    [Fact]
    public void An_item_is_in_one_heap_at_most()
    {
        var heap = new IndexedHeap<Item, Item>();
        var other = new IndexedHeap<Item, Item>();
        var item = new Item();
        heap.Add(item);

        Assert.Throws<InvalidOperationException>(() => other.Add(item));
        Assert.Throws<InvalidOperationException>(() => other.Remove(item));
        heap.Clear();
        Assert.Null(heap.First);
        other.Add(item);
        Assert.Same(item, other.First);
    }

    private sealed class Item : IHeapOrder<Item>
    {
        public int Key { get; set; }

        public int Index { get; private set; } = -1;

        public static bool Before(Item left, Item right) => left.Key < right.Key;

        public static int GetIndex(Item item) => item.Index;

        public static void SetIndex(Item item, int index) => item.Index = index;
    }
}
