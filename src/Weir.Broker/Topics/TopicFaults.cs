using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>The refusals of topics.</summary>
internal static class TopicFaults
{
    public static Fault TopicNotFound(TopicName name) =>
        new(FaultCode.ResourceNotFound, $"Topic does not exist: {name.Name} in account {name.Account}, "
            + $"region {name.Region}.");

    public static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
