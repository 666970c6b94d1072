using System.Collections.Frozen;
using Weir.Protocols.Aws;
using Weir.Protocols.Scheduler.Operations;

namespace Weir.Protocols.Scheduler;

/// <summary>Amazon EventBridge Scheduler: its name on the wire and its operations.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html
internal static class SchedulerService
{
    public static AwsService Instance { get; } = new()
    {
        Prefix = "scheduler",
        Throttled = ScheduleErrors.Throttled,
        RestName = "scheduler",
        ShapeNamespace = "com.amazonaws.scheduler",
        ResourceOf = ScheduleResources.Of,
        Denied = ScheduleErrors.Denied,
        Operations = new AwsOperation[]
        {
            new CreateScheduleGroupOperation(),
            new CreateScheduleOperation(),
            new DeleteScheduleGroupOperation(),
            new DeleteScheduleOperation(),
            new GetScheduleGroupOperation(),
            new GetScheduleOperation(),
            new ListScheduleGroupsOperation(),
            new ListSchedulesOperation(),
            new ListTagsForResourceOperation(),
            new TagResourceOperation(),
            new UntagResourceOperation(),
            new UpdateScheduleOperation(),
        }.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal),
    };
}
