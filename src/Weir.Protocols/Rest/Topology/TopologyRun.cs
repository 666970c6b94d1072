namespace Weir.Protocols.Rest.Topology;

/// <summary>Does what a plan says, one change after the other, until one is refused.</summary>
internal static class TopologyRun
{
    /// <returns>The change that was refused; null: all is done.</returns>
    public static async ValueTask<TopologyChange?> ApplyAsync(TopologyRoad road, IEnumerable<TopologyChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change.What)
            {
                case ChangeKind.Create:
                    change.Outcome = await change.Item.Kind.CreateAsync(road, change.Item);
                    break;
                case ChangeKind.Update:
                    await change.Item.Kind.UpdateAsync(road, change);
                    break;
                case ChangeKind.Delete:
                    await change.Item.Kind.DeleteAsync(road, change.Item);
                    break;
                default:
                    continue;
            }

            if (road.Refusal is not null) return change;
            change.IsDone = true;
        }

        return null;
    }
}
