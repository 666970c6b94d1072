using Weir.Broker.Buses;
using Weir.Broker.Endpoints;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>
/// Finds what a target's ARN names. What Weir has not, and what is not there, is refused when it is put, because a rule
/// would otherwise lose events without a word.
/// </summary>
internal static class TargetArns
{
    private const int ServicePart = 2;

    /// <summary>The target with its destination; else why it cannot be one.</summary>
    public static async ValueTask<(TargetConfig? Target, AwsError? Error)> ResolveAsync(
        AwsCall call, TargetConfig target, BusName ruleBus)
    {
        var parts = target.Arn.Split(':');
        var service = parts.Length > ServicePart && parts[0] == "arn" ? parts[ServicePart] : "";
        if (target.Http is not null && service != "events")
            return Wrong(target, "HttpParameters are for API destinations");
        return service switch
        {
            "sqs" => await QueueAsync(call, target),
            "sns" => await TopicAsync(call, target),
            "events" when EventArn.ParseBus(target.Arn) is { } bus => await BusAsync(call, target, bus, ruleBus),
            "events" when EventArn.ParseApiDestination(target.Arn) is { } found =>
                await ApiDestinationAsync(call, target, found.Name, found.Id),
            "events" => Wrong(target, "it is no ARN of an event bus or an API destination"),
            "" => (null, EventErrors.Invalid($"Parameter {target.Arn} is not valid. Reason: Provided Arn is not in "
                + "correct format.")),
            _ => Unserved($"a target of {service}", "it has no such service"),
        };
    }

    /// <summary>A dead-letter queue must be a standard queue that is there.</summary>
    public static async ValueTask<(QueueName? Queue, AwsError? Error)> DeadLetterAsync(AwsCall call, string arn)
    {
        if (QueueArn.Parse(arn) is not { HasFifoSuffix: false } queue || !IsOwn(call, queue.Account, queue.Region))
        {
            return (null, EventErrors.Invalid(
                $"DeadLetterConfig: {arn} is no ARN of a standard queue of this account and region."));
        }

        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        return outcome.IsOk ? (queue, null) : (null, Missing(outcome.Fault, arn));
    }

    private static async ValueTask<(TargetConfig?, AwsError?)> QueueAsync(AwsCall call, TargetConfig target)
    {
        if (QueueArn.Parse(target.Arn) is not { } queue) return Wrong(target, "it is no ARN of a queue");
        if (!IsOwn(call, queue.Account, queue.Region)) return (null, EventErrors.NotOwn(target.Arn));
        if (queue.HasFifoSuffix && target.GroupId is null)
            return Wrong(target, "SqsParameters.MessageGroupId is required for a FIFO queue");
        if (!queue.HasFifoSuffix && target.GroupId is not null)
            return Wrong(target, "SqsParameters.MessageGroupId is for FIFO queues");
        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        if (!outcome.IsOk) return (null, Missing(outcome.Fault, target.Arn));
        if (queue.HasFifoSuffix && !outcome.Value.Config.ContentBasedDeduplication)
            return Wrong(target, "the FIFO queue needs ContentBasedDeduplication, since events have no other id");
        return (target with { Queue = queue }, null);
    }

    private static async ValueTask<(TargetConfig?, AwsError?)> TopicAsync(AwsCall call, TargetConfig target)
    {
        if (TopicArn.Parse(target.Arn) is not { } topic) return Wrong(target, "it is no ARN of a topic");
        if (!IsOwn(call, topic.Account, topic.Region)) return (null, EventErrors.NotOwn(target.Arn));
        if (topic.HasFifoSuffix) return Wrong(target, "a FIFO topic needs a message group, which a rule cannot give");
        if (target.GroupId is not null) return Wrong(target, "SqsParameters are for queues");
        var outcome = await call.Backend.Topics.GetAsync(topic);
        return outcome.IsOk ? (target with { Topic = topic }, null) : (null, Missing(outcome.Fault, target.Arn));
    }

    private static async ValueTask<(TargetConfig?, AwsError?)> BusAsync(
        AwsCall call, TargetConfig target, BusName bus, BusName ruleBus)
    {
        if (!IsOwn(call, bus.Account, bus.Region)) return (null, EventErrors.NotOwn(target.Arn));
        if (target.Http is not null) return Wrong(target, "HttpParameters are for API destinations");
        if (bus == ruleBus) return Wrong(target, "a rule cannot send events to its own bus");
        if (target.GroupId is not null) return Wrong(target, "SqsParameters are for queues");
        if (target.Input is not null || target.InputPath is not null || target.Transformer is not null)
            return Wrong(target, "an event goes to another bus as it is, without Input, InputPath or InputTransformer");
        var outcome = await call.Backend.Buses.GetAsync(bus);
        return outcome.IsOk ? (target with { Bus = bus }, null) : (null, Missing(outcome.Fault, target.Arn));
    }

    private static async ValueTask<(TargetConfig?, AwsError?)> ApiDestinationAsync(
        AwsCall call, TargetConfig target, EndpointName name, Guid id)
    {
        if (!IsOwn(call, name.Account, name.Region)) return (null, EventErrors.NotOwn(target.Arn));
        if (target.GroupId is not null) return Wrong(target, "SqsParameters are for queues");
        if (!call.Backend.IsPushing) return Unserved("an API destination", "it is not calling endpoints");
        var outcome = await call.Backend.Endpoints.GetDestinationAsync(name);
        if (!outcome.IsOk) return (null, Missing(outcome.Fault, target.Arn));
        if (outcome.Value.Id != id) return (null, EventErrors.NotFound($"{target.Arn} does not exist."));
        var (wanted, given) = (outcome.Value.PlaceholderCount, target.Http?.Path.Count ?? 0);
        return wanted == given
            ? (target with { ApiDestination = name }, null)
            : Wrong(target, $"its endpoint has {wanted} placeholders, and HttpParameters gives {given} path values");
    }

    private static AwsError Missing(Fault fault, string arn) =>
        fault.Code is FaultCode.QueueNotFound or FaultCode.ResourceNotFound
            ? EventErrors.NotFound($"{arn} does not exist.")
            : EventErrors.From(fault);

    private static (TargetConfig?, AwsError?) Wrong(TargetConfig target, string reason) =>
        (null, EventErrors.Invalid($"Target {target.Arn}: {reason}."));

    private static (TargetConfig?, AwsError?) Unserved(string what, string reason) =>
        (null, EventErrors.Unserved(what, $"{reason}. Send to a queue, a topic or another event bus."));

    private static bool IsOwn(AwsCall call, string account, string region) =>
        (account, region) == (call.Identity.Account, call.Identity.Region);
}
