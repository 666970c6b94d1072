using Microsoft.Extensions.Logging;
using Weir.Broker.Buses;

namespace Weir.Protocols.EventBridge;

internal static partial class EventLog
{
    [LoggerMessage(300, LogLevel.Warning,
        "The permission given on event bus {Bus} is kept and answered but not yet enforced")]
    public static partial void PolicyNotEnforced(ILogger log, BusName bus);
}
