using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Scheduler;

/// <summary>The members of Scheduler requests and answers.</summary>
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html
internal static class ScheduleMembers
{
    // Common
    public static readonly Member Name = new("Name");
    public static readonly Member Arn = new("Arn");
    public static readonly Member ClientToken = new("ClientToken");
    public static readonly Member NamePrefix = new("NamePrefix");
    public static readonly Member MaxResults = new("MaxResults");
    public static readonly Member NextToken = new("NextToken");
    public static readonly Member State = new("State");
    public static readonly Member CreationDate = new("CreationDate");
    public static readonly Member LastModificationDate = new("LastModificationDate");

    // Schedules
    public static readonly Member ScheduleArn = new("ScheduleArn");
    public static readonly Member Schedules = new("Schedules");
    public static readonly Member GroupName = new("GroupName");
    public static readonly Member GroupOfQuery = new("groupName");
    public static readonly Member GroupOfListing = new("ScheduleGroup");
    public static readonly Member ScheduleExpression = new("ScheduleExpression");
    public static readonly Member Timezone = new("ScheduleExpressionTimezone");
    public static readonly Member StartDate = new("StartDate");
    public static readonly Member EndDate = new("EndDate");
    public static readonly Member Description = new("Description");
    public static readonly Member FlexibleTimeWindow = new("FlexibleTimeWindow");
    public static readonly Member Mode = new("Mode");
    public static readonly Member MaximumWindowInMinutes = new("MaximumWindowInMinutes");
    public static readonly Member ActionAfterCompletion = new("ActionAfterCompletion");
    public static readonly Member KmsKeyArn = new("KmsKeyArn");

    // Targets
    public static readonly Member Target = new("Target");
    public static readonly Member RoleArn = new("RoleArn");
    public static readonly Member Input = new("Input");
    public static readonly Member SqsParameters = new("SqsParameters");
    public static readonly Member MessageGroupId = new("MessageGroupId");
    public static readonly Member EventBridgeParameters = new("EventBridgeParameters");
    public static readonly Member Source = new("Source");
    public static readonly Member DetailType = new("DetailType");
    public static readonly Member DeadLetterConfig = new("DeadLetterConfig");
    public static readonly Member RetryPolicy = new("RetryPolicy");
    public static readonly Member MaximumRetryAttempts = new("MaximumRetryAttempts");
    public static readonly Member MaximumEventAgeInSeconds = new("MaximumEventAgeInSeconds");

    // Groups and tags
    public static readonly Member ScheduleGroupArn = new("ScheduleGroupArn");
    public static readonly Member ScheduleGroups = new("ScheduleGroups");
    public static readonly Member ResourceArn = new("ResourceArn");
    public static readonly Member Tags = new("Tags");
    public static readonly Member TagKeys = new("TagKeys");
    public static readonly Member Key = new("Key");
    public static readonly Member Value = new("Value");
}
