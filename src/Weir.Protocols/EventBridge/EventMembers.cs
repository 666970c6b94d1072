using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>The members of EventBridge requests and answers.</summary>
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
internal static class EventMembers
{
    // Common
    public static readonly Member Name = new("Name");
    public static readonly Member Arn = new("Arn");
    public static readonly Member Description = new("Description");
    public static readonly Member RoleArn = new("RoleArn");
    public static readonly Member NamePrefix = new("NamePrefix");
    public static readonly Member Limit = new("Limit");
    public static readonly Member NextToken = new("NextToken");
    public static readonly Member FailedEntryCount = new("FailedEntryCount");
    public static readonly Member FailedEntries = new("FailedEntries");
    public static readonly Member ErrorCode = new("ErrorCode");
    public static readonly Member ErrorMessage = new("ErrorMessage");

    // Buses
    public static readonly Member EventBusName = new("EventBusName");
    public static readonly Member EventBusArn = new("EventBusArn");
    public static readonly Member EventBuses = new("EventBuses");
    public static readonly Member EventSourceName = new("EventSourceName");
    public static readonly Member KmsKeyIdentifier = new("KmsKeyIdentifier");
    public static readonly Member LogConfig = new("LogConfig");
    public static readonly Member Level = new("Level");
    public static readonly Member IncludeDetail = new("IncludeDetail");
    public static readonly Member CreationTime = new("CreationTime");
    public static readonly Member LastModifiedTime = new("LastModifiedTime");

    // Tags and permissions
    public static readonly Member ResourceArn = new("ResourceARN");
    public static readonly Member Tags = new("Tags");
    public static readonly Member TagKeys = new("TagKeys");
    public static readonly Member Key = new("Key");
    public static readonly Member Value = new("Value");
    public static readonly Member Policy = new("Policy");
    public static readonly Member Action = new("Action");
    public static readonly Member Principal = new("Principal");
    public static readonly Member StatementId = new("StatementId");
    public static readonly Member Condition = new("Condition");
    public static readonly Member Type = new("Type");
    public static readonly Member RemoveAllPermissions = new("RemoveAllPermissions");

    // Rules
    public static readonly Member Rule = new("Rule");
    public static readonly Member Rules = new("Rules");
    public static readonly Member RuleArn = new("RuleArn");
    public static readonly Member RuleNames = new("RuleNames");
    public static readonly Member EventPattern = new("EventPattern");
    public static readonly Member ScheduleExpression = new("ScheduleExpression");
    public static readonly Member State = new("State");
    public static readonly Member CreatedBy = new("CreatedBy");
    public static readonly Member TargetArn = new("TargetArn");
    public static readonly Member Event = new("Event");
    public static readonly Member Result = new("Result");

    // Targets
    public static readonly Member Targets = new("Targets");
    public static readonly Member TargetId = new("TargetId");
    public static readonly Member Id = new("Id");
    public static readonly Member Ids = new("Ids");
    public static readonly Member Input = new("Input");
    public static readonly Member InputPath = new("InputPath");
    public static readonly Member InputTransformer = new("InputTransformer");
    public static readonly Member InputPathsMap = new("InputPathsMap");
    public static readonly Member InputTemplate = new("InputTemplate");
    public static readonly Member SqsParameters = new("SqsParameters");
    public static readonly Member MessageGroupId = new("MessageGroupId");
    public static readonly Member DeadLetterConfig = new("DeadLetterConfig");
    public static readonly Member RetryPolicy = new("RetryPolicy");
    public static readonly Member MaximumRetryAttempts = new("MaximumRetryAttempts");
    public static readonly Member MaximumEventAgeInSeconds = new("MaximumEventAgeInSeconds");

    // Archives and replays
    public static readonly Member ArchiveName = new("ArchiveName");
    public static readonly Member ArchiveArn = new("ArchiveArn");
    public static readonly Member Archives = new("Archives");
    public static readonly Member EventSourceArn = new("EventSourceArn");
    public static readonly Member RetentionDays = new("RetentionDays");
    public static readonly Member SizeBytes = new("SizeBytes");
    public static readonly Member EventCount = new("EventCount");
    public static readonly Member StateReason = new("StateReason");
    public static readonly Member ReplayName = new("ReplayName");
    public static readonly Member ReplayArn = new("ReplayArn");
    public static readonly Member Replays = new("Replays");
    public static readonly Member Destination = new("Destination");
    public static readonly Member FilterArns = new("FilterArns");
    public static readonly Member EventStartTime = new("EventStartTime");
    public static readonly Member EventEndTime = new("EventEndTime");
    public static readonly Member EventLastReplayedTime = new("EventLastReplayedTime");
    public static readonly Member ReplayStartTime = new("ReplayStartTime");
    public static readonly Member ReplayEndTime = new("ReplayEndTime");

    // Events
    public static readonly Member Entries = new("Entries");
    public static readonly Member EndpointId = new("EndpointId");
    public static readonly Member EventId = new("EventId");
    public static readonly Member Time = new("Time");
    public static readonly Member Source = new("Source");
    public static readonly Member Resources = new("Resources");
    public static readonly Member DetailType = new("DetailType");
    public static readonly Member Detail = new("Detail");
    public static readonly Member TraceHeader = new("TraceHeader");
}
