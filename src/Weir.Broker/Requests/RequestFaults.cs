using Weir.Engine;

namespace Weir.Broker.Requests;

/// <summary>The refusals of requests that are followed up.</summary>
public static class RequestFaults
{
    internal static Fault KeyTaken(string key) => new(FaultCode.KeyTaken,
        $"The key {key} was used within the last day for a request with another body; use a new one.");

    internal static Fault TooManyKeys(int max) => new(FaultCode.Overloaded,
        $"As many keys as are remembered of one destination ({max}) were used within the last day; send without one, "
        + "or more slowly.");

    internal static Fault TooManyReplies(int max) => new(FaultCode.Overloaded,
        $"As many replies as one account may wait for ({max}) were asked for within the last day.");

    internal static Fault NoReplyExpected { get; } = new(FaultCode.ResourceNotFound,
        "Nobody waits for a reply to this message: its sender did not ask for one within the last day.");

    internal static Fault Replied { get; } = new(FaultCode.ConfigChanged,
        "The message has a reply already; it has one at most.");
}
