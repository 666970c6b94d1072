using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>The refusals of event buses.</summary>
internal static class BusFaults
{
    public static Fault BusNotFound(BusName name) =>
        new(FaultCode.ResourceNotFound, $"Event bus {name.Name} does not exist.");

    public static Fault RuleNotFound(BusName bus, string rule) =>
        new(FaultCode.ResourceNotFound, $"Rule {rule} does not exist on EventBus {bus.Name}.");

    public static Fault BusExists(BusName name) =>
        new(FaultCode.QueueExists, $"Event bus {name.Name} already exists.");

    public static Fault LimitReached(string message) => new(FaultCode.InFlightLimit, message);

    public static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
