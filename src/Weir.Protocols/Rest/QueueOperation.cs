using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Rest;

/// <summary>What is done with the queue that the path names, of the caller's account and region.</summary>
internal abstract class QueueOperation : RestOperation
{
    public override AwsResource ResourceOf(RestCall call) => AwsResource.Of(call.Broker.Definitions, QueueOf(call));

    public override ValueTask<Problem?> ExecuteAsync(RestCall call) => QueueNameText.IsValid(call.Name)
        ? ExecuteAsync(call, QueueOf(call))
        : ValueTask.FromResult<Problem?>(Problems.NoSuchPath);

    /// <returns>Why it is not done, or null: then it is answered.</returns>
    protected abstract ValueTask<Problem?> ExecuteAsync(RestCall call, QueueName queue);

    private static QueueName QueueOf(RestCall call) => new(call.Identity.Account, call.Identity.Region, call.Name);
}
