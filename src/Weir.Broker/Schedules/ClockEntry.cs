using Weir.Engine.State;

namespace Weir.Broker.Schedules;

/// <summary>When the clock looks at something again. There is one for each thing that is due some time.</summary>
internal sealed class ClockEntry(DueKey key, long atUnixMs)
{
    public DueKey Key { get; } = key;

    public long AtUnixMs { get; set; } = atUnixMs;

    private int Index { get; set; } = -1;

    public readonly struct Order : IHeapOrder<ClockEntry>
    {
        public static bool Before(ClockEntry left, ClockEntry right) => left.AtUnixMs < right.AtUnixMs;

        public static int GetIndex(ClockEntry item) => item.Index;

        public static void SetIndex(ClockEntry item, int index) => item.Index = index;
    }
}
