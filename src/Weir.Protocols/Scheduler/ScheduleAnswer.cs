using Weir.Broker.Schedules;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Scheduler;

/// <summary>Writes schedules and groups as their operations answer them.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
internal static class ScheduleAnswer
{
    public const string Enabled = "ENABLED";
    public const string Disabled = "DISABLED";
    public const string Keep = "NONE";
    public const string Delete = "DELETE";

    /// <summary>What listings say of a schedule, except its target.</summary>
    public static void WriteHead(AnswerWriter answer, ScheduleName name, ScheduleConfig schedule)
    {
        answer.Text(ScheduleMembers.Arn, schedule.Arn);
        answer.Text(ScheduleMembers.GroupName, name.Group.Name);
        answer.Text(ScheduleMembers.Name, name.Name);
        answer.Text(ScheduleMembers.State, schedule.IsDisabled ? Disabled : Enabled);
        WriteTimes(answer, schedule.CreatedUnixMs, schedule.ModifiedUnixMs);
    }

    public static void WriteRest(AnswerWriter answer, ScheduleConfig schedule)
    {
        answer.Text(ScheduleMembers.ScheduleExpression, schedule.Expression);
        answer.Text(ScheduleMembers.Timezone, schedule.Timezone ?? "UTC");
        answer.Text(ScheduleMembers.ActionAfterCompletion, schedule.IsDeletedAfterCompletion ? Delete : Keep);
        if (schedule.Description is { } description) answer.Text(ScheduleMembers.Description, description);
        if (schedule.StartUnixMs is { } start) answer.Integer(ScheduleMembers.StartDate, start / 1_000);
        if (schedule.EndUnixMs is { } end) answer.Integer(ScheduleMembers.EndDate, end / 1_000);
        answer.BeginMap(ScheduleMembers.FlexibleTimeWindow);
        answer.Text(ScheduleMembers.Mode, schedule.WindowMinutes == 0 ? "OFF" : "FLEXIBLE");
        if (schedule.WindowMinutes > 0) answer.Integer(ScheduleMembers.MaximumWindowInMinutes, schedule.WindowMinutes);
        answer.EndMap();
        WriteTarget(answer, schedule.Target);
    }

    public static void WriteGroup(AnswerWriter answer, ScheduleGroupName name, ScheduleGroupConfig group)
    {
        answer.Text(ScheduleMembers.Arn, ScheduleArn.Write(name));
        answer.Text(ScheduleMembers.Name, name.Name);
        answer.Text(ScheduleMembers.State, "ACTIVE");
        WriteTimes(answer, group.CreatedUnixMs, group.ModifiedUnixMs);
    }

    private static void WriteTimes(AnswerWriter answer, long createdUnixMs, long modifiedUnixMs)
    {
        answer.Integer(ScheduleMembers.CreationDate, createdUnixMs / 1_000);
        answer.Integer(ScheduleMembers.LastModificationDate, modifiedUnixMs / 1_000);
    }

    private static void WriteTarget(AnswerWriter answer, ScheduleTarget target)
    {
        answer.BeginMap(ScheduleMembers.Target);
        answer.Text(ScheduleMembers.Arn, target.Arn);
        answer.Text(ScheduleMembers.RoleArn, target.RoleArn);
        if (target.Input is { } input) answer.Text(ScheduleMembers.Input, input);
        answer.BeginMap(ScheduleMembers.RetryPolicy);
        answer.Integer(
            ScheduleMembers.MaximumEventAgeInSeconds, target.EventAgeSeconds ?? ScheduleConfig.EventAgeSecondsMax);
        answer.Integer(ScheduleMembers.MaximumRetryAttempts, target.RetriesMax ?? TargetReader.RetriesMax);
        answer.EndMap();
        if (target.DeadLetterQueue is { } queue)
        {
            answer.BeginMap(ScheduleMembers.DeadLetterConfig);
            answer.Text(ScheduleMembers.Arn, QueueArn.Write(queue));
            answer.EndMap();
        }

        if (target.GroupId is { } group)
        {
            answer.BeginMap(ScheduleMembers.SqsParameters);
            answer.Text(ScheduleMembers.MessageGroupId, group);
            answer.EndMap();
        }

        if (target is { Source: { } source, DetailType: { } type })
        {
            answer.BeginMap(ScheduleMembers.EventBridgeParameters);
            answer.Text(ScheduleMembers.DetailType, type);
            answer.Text(ScheduleMembers.Source, source);
            answer.EndMap();
        }

        answer.EndMap();
    }
}
