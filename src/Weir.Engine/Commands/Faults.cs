namespace Weir.Engine.Commands;

/// <summary>The refusals that more than one command gives.</summary>
internal static class Faults
{
    public static Fault QueueNotFound(QueueName name) =>
        new(FaultCode.QueueNotFound, $"The specified queue does not exist: {name.Name} in account {name.Account}, "
            + $"region {name.Region}.");

    public static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
