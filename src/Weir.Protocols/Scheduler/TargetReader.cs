using System.Text;
using Weir.Broker.Schedules;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Scheduler;

/// <summary>Reads a schedule's target as it is given; null with the fault noted.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
internal static class TargetReader
{
    private const int ArnLengthMax = 1_600;
    private const int GroupIdLengthMax = 128;
    private const int SourceLengthMax = 256;
    private const int DetailTypeLengthMax = 128;
    private const int InputBytesMax = 256 << 10;
    private const int AgeSecondsMin = 60;
    public const int RetriesMax = 185;

    private static readonly Member[] Known =
    [
        ScheduleMembers.Arn, ScheduleMembers.RoleArn, ScheduleMembers.Input, ScheduleMembers.SqsParameters,
        ScheduleMembers.EventBridgeParameters, ScheduleMembers.DeadLetterConfig, ScheduleMembers.RetryPolicy,
    ];

    public static ScheduleTarget? Read(AwsCall call)
    {
        var target = call.Input[ScheduleMembers.Target];
        if (target.IsAbsent) return Refuse(call, "Target is missing.");
        foreach (var entry in target.Entries(ScheduleMembers.Target))
        {
            if (Known.Any(member => member.Name == entry.Name)) continue;
            call.Refuse(ScheduleErrors.Unserved($"Target.{entry.Name}", "it has no such target."));
            return null;
        }

        if (ScheduleInput.Text(call, target, ScheduleMembers.Arn) is not { } arn
            || ScheduleInput.Text(call, target, ScheduleMembers.RoleArn) is not { } role)
            return null;
        var input = target[ScheduleMembers.Input].Text();
        var (queue, events) = (target[ScheduleMembers.SqsParameters], target[ScheduleMembers.EventBridgeParameters]);
        var read = new ScheduleTarget
        {
            Arn = arn,
            RoleArn = role,
            Input = input,
            GroupId = queue[ScheduleMembers.MessageGroupId].Text(),
            Source = events[ScheduleMembers.Source].Text(),
            DetailType = events[ScheduleMembers.DetailType].Text(),
            EventAgeSeconds = target[ScheduleMembers.RetryPolicy][ScheduleMembers.MaximumEventAgeInSeconds].Integer(),
            RetriesMax = target[ScheduleMembers.RetryPolicy][ScheduleMembers.MaximumRetryAttempts].Integer(),
        };
        if (call.Fault is not null) return null;
        return Wrong(read) is { } message ? Refuse(call, message) : read;
    }

    /// <summary>The dead-letter queue, which must be a standard queue that is there.</summary>
    public static async ValueTask<(ScheduleTarget? Target, AwsError? Error)> WithDeadLettersAsync(
        AwsCall call, ScheduleTarget target)
    {
        var config = call.Input[ScheduleMembers.Target][ScheduleMembers.DeadLetterConfig];
        var arn = config[ScheduleMembers.Arn].Text();
        if (call.Fault is { } fault) return (null, fault);
        if (arn is null) return (target, null);
        if (QueueArn.Parse(arn) is not { HasFifoSuffix: false } queue
            || (queue.Account, queue.Region) != (call.Identity.Account, call.Identity.Region))
        {
            return (null, ScheduleErrors.Invalid(
                $"DeadLetterConfig: {arn} is no ARN of a standard queue of this account and region."));
        }

        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        return outcome.IsOk
            ? (target with { DeadLetterQueue = queue }, null)
            : (null, ScheduleErrors.Invalid($"DeadLetterConfig: {outcome.Fault.Message}"));
    }

    private static string? Wrong(ScheduleTarget target)
    {
        if (target.Arn.Length > ArnLengthMax) return $"Target.Arn is longer than {ArnLengthMax} characters.";
        if (target.RoleArn.Length > ArnLengthMax) return $"Target.RoleArn is longer than {ArnLengthMax} characters.";
        if (target.Input is { } input && (input.Length == 0 || Encoding.UTF8.GetByteCount(input) > InputBytesMax))
            return $"Target.Input is of 1 to {InputBytesMax} bytes.";
        if (target.GroupId is { Length: 0 or > GroupIdLengthMax })
            return $"MessageGroupId is of 1 to {GroupIdLengthMax} characters.";
        if (target.Source is { Length: 0 or > SourceLengthMax }
            || target.Source?.StartsWith("aws.", StringComparison.Ordinal) == true)
            return $"Source is of 1 to {SourceLengthMax} characters, and does not begin with 'aws.'.";
        if (target.DetailType is { Length: 0 or > DetailTypeLengthMax })
            return $"DetailType is of 1 to {DetailTypeLengthMax} characters.";
        if (target.EventAgeSeconds is < AgeSecondsMin or > ScheduleConfig.EventAgeSecondsMax)
        {
            return $"MaximumEventAgeInSeconds is from {AgeSecondsMin} to {ScheduleConfig.EventAgeSecondsMax}.";
        }

        return target.RetriesMax is < 0 or > RetriesMax ? $"MaximumRetryAttempts is from 0 to {RetriesMax}." : null;
    }

    private static ScheduleTarget? Refuse(AwsCall call, string message)
    {
        call.Refuse(ScheduleErrors.Invalid(message));
        return null;
    }
}
