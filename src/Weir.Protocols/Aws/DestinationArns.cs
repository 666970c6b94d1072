using Weir.Broker.Targets;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Protocols.Aws;

/// <summary>
/// Finds what the ARN of a schedule's or a pipe's target names. What Weir has not, and what is not there, is refused
/// when it is put, because messages would otherwise be lost without a word.
/// </summary>
internal static class DestinationArns
{
    /// <summary>The queue, topic or bus of an ARN.</summary>
    /// <param name="problem">What is wrong with it, as a sentence; null when nothing is.</param>
    public static Destination? Parse(AwsCall call, string arn, out string? problem)
    {
        var (destination, account, region) = Arn.ServiceOf(arn) switch
        {
            "sqs" when QueueArn.Parse(arn) is { } queue =>
                (new Destination { Queue = queue }, queue.Account, queue.Region),
            "sns" when TopicArn.Parse(arn) is { } topic =>
                (new Destination { Topic = topic }, topic.Account, topic.Region),
            "events" when BusArn.Parse(arn) is { } bus => (new Destination { Bus = bus }, bus.Account, bus.Region),
            _ => ((Destination?)null, "", ""),
        };
        problem = Arn.ServiceOf(arn) switch
        {
            "" => $"{arn} is no ARN.",
            "sqs" or "sns" or "events" when destination is null => $"{arn} is no ARN of a queue, topic or event bus.",
            _ when destination is null =>
                $"{arn}: Weir has no such service; send to a queue, a topic or an event bus.",
            _ when (account, region) != (call.Identity.Account, call.Identity.Region) =>
                $"{arn} is in another account or region than the request's credentials.",
            _ => null,
        };
        return problem is null ? destination : null;
    }

    /// <summary>Why nothing would reach the destination as it is now; null when it would.</summary>
    public static async ValueTask<Fault?> CheckAsync(AwsCall call, Destination destination)
    {
        if (destination.Queue is { } queue)
        {
            var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
            if (!outcome.IsOk) return outcome.Fault;
            if (!queue.HasFifoSuffix) return null;
            if (destination.GroupId is null) return Invalid("MessageGroupId is required for a FIFO queue.");
            return destination.DeduplicationId is null && !outcome.Value.Config.ContentBasedDeduplication
                ? Invalid("The FIFO queue needs ContentBasedDeduplication, or the target a MessageDeduplicationId.")
                : null;
        }

        if (destination.Topic is { } topic) return (await call.Backend.Topics.GetAsync(topic)).Fault;
        return (await call.Backend.Buses.GetAsync(destination.Bus!)).Fault;
    }

    private static Fault Invalid(string message) => new(FaultCode.InvalidValue, message);
}
