using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.EventBridge;

/// <summary>What a bus can be configured with, as CreateEventBus and UpdateEventBus read and answer it.</summary>
internal static class BusAttributes
{
    /// <summary>The configuration with what the request sets; null with the fault noted in the call.</summary>
    public static async ValueTask<Func<BusConfig, BusConfig>?> ReadAsync(AwsCall call)
    {
        var description = EventInput.Description(call);
        var key = call.Input[EventMembers.KmsKeyIdentifier].Text();
        var level = call.Input[EventMembers.LogConfig][EventMembers.Level].Text();
        var detail = call.Input[EventMembers.LogConfig][EventMembers.IncludeDetail].Text();
        var letters = call.Input[EventMembers.DeadLetterConfig];
        var arn = letters[EventMembers.Arn].Text();
        if (call.Fault is not null) return null;
        if (!string.IsNullOrEmpty(key))
            call.Refuse(EventErrors.Invalid("KmsKeyIdentifier: Weir encrypts nothing itself."));
        else if (level is not (null or "OFF"))
            call.Refuse(EventErrors.Invalid("LogConfig: Weir does not log events; OFF is the only level."));
        else if (detail is not (null or "NONE"))
            call.Refuse(EventErrors.Invalid("LogConfig: Weir does not log events; NONE is the only detail."));
        var queue = string.IsNullOrEmpty(arn) || call.Fault is not null ? null : await FindQueueAsync(call, arn);
        if (call.Fault is not null) return null;
        return config => config with
        {
            Description = description ?? config.Description,
            DeadLetterQueue = letters.IsAbsent ? config.DeadLetterQueue : queue,
        };
    }

    public static void Write(AwsCall call, BusConfig config)
    {
        if (config.Description is { } description) call.Answer.Text(EventMembers.Description, description);
        if (config.DeadLetterQueue is not { } queue) return;
        call.Answer.BeginMap(EventMembers.DeadLetterConfig);
        call.Answer.Text(EventMembers.Arn, QueueArn.Write(queue));
        call.Answer.EndMap();
    }

    public static void WriteTimes(AwsCall call, BusConfig config)
    {
        if (config.CreatedUnixMs > 0) call.Answer.Integer(EventMembers.CreationTime, config.CreatedUnixMs / 1000);
        if (config.ModifiedUnixMs > 0) call.Answer.Integer(EventMembers.LastModifiedTime, config.ModifiedUnixMs / 1000);
    }

    private static async ValueTask<QueueName?> FindQueueAsync(AwsCall call, string arn)
    {
        if (QueueArn.Parse(arn) is { HasFifoSuffix: false } queue
            && (queue.Account, queue.Region) == (call.Identity.Account, call.Identity.Region))
        {
            var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
            if (outcome.IsOk) return queue;
            call.Refuse(EventErrors.From(outcome.Fault));
            return null;
        }

        call.Refuse(EventErrors.Invalid(
            $"DeadLetterConfig: {arn} is no ARN of a standard queue of this account and region."));
        return null;
    }
}
