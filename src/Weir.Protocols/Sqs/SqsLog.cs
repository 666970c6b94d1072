using Microsoft.Extensions.Logging;
using Weir.Engine;

namespace Weir.Protocols.Sqs;

internal static partial class SqsLog
{
    [LoggerMessage(100, LogLevel.Warning,
        "The access policy set on queue {Queue} is kept and answered but not yet enforced")]
    public static partial void PolicyNotEnforced(ILogger log, QueueName queue);
}
