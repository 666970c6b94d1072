using Weir.Engine;

namespace Weir.Broker.Schedules;

/// <summary>The refusals of schedules.</summary>
internal static class ScheduleFaults
{
    public static Fault NotFound(ScheduleName name) =>
        new(FaultCode.ResourceNotFound, $"Schedule {name.Name} does not exist.");

    public static Fault GroupNotFound(ScheduleGroupName name) =>
        new(FaultCode.ResourceNotFound, $"Schedule group {name.Name} does not exist.");

    public static Fault Exists(ScheduleName name) =>
        new(FaultCode.QueueExists, $"Schedule {name.Name} already exists.");

    public static Fault GroupExists(ScheduleGroupName name) =>
        new(FaultCode.QueueExists, $"Schedule group {name.Name} already exists.");

    public static Fault LimitReached(string message) => new(FaultCode.InFlightLimit, message);

    public static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
