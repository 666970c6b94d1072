using Weir.Engine;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Rest;

/// <summary>The queue that a path names.</summary>
internal static class QueuePath
{
    public static QueueName QueueOf(RestCall call) => new(call.Identity.Account, call.Identity.Region, call.Name);

    public static AwsResource ResourceOf(RestCall call) =>
        AwsResource.Of(call.Broker.Definitions, QueueOf(call));
}
