namespace Weir.Broker.Schedules;

/// <summary>What names a schedule. Equality is ordinal and case-sensitive.</summary>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . - _</c>.</param>
public sealed record ScheduleName(ScheduleGroupName Group, string Name)
{
    public override string ToString() => $"{Group}/{Name}";
}
