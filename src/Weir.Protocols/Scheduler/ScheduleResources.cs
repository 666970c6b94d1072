using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Scheduler;

/// <summary>What a request of Scheduler acts on.</summary>
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html
internal static class ScheduleResources
{
    private const string Service = "scheduler";
    private const string DefaultGroup = "default";

    /// <summary>What cannot be read is refused by the operation itself.</summary>
    public static AwsResource Of(AwsCall call, AwsOperation operation)
    {
        if (call.Input[ScheduleMembers.ResourceArn].Text() is { } arn)
            return new AwsResource(arn, call.Identity.Account, null);
        if (call.Input[ScheduleMembers.Name].Text() is not { } name) return AwsResource.Own(call.Identity, Service);
        if (operation.Name.EndsWith("Group", StringComparison.Ordinal))
            return AwsResource.Own(call.Identity, Service, $"schedule-group/{name}");
        var group = Text(call.Input[ScheduleMembers.GroupName].Text())
            ?? Text(call.Input[ScheduleMembers.GroupOfQuery].Text()) ?? DefaultGroup;
        return AwsResource.Own(call.Identity, Service, $"schedule/{group}/{name}");
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
