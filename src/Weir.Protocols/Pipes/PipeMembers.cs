using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Pipes;

/// <summary>The members of Pipes' requests and answers.</summary>
internal static class PipeMembers
{
    public static readonly Member Name = new("Name");
    public static readonly Member Arn = new("Arn");
    public static readonly Member CreationTime = new("CreationTime");
    public static readonly Member LastModifiedTime = new("LastModifiedTime");
    public static readonly Member CurrentState = new("CurrentState");
    public static readonly Member DesiredState = new("DesiredState");
    public static readonly Member StateReason = new("StateReason");
    public static readonly Member Description = new("Description");
    public static readonly Member RoleArn = new("RoleArn");
    public static readonly Member Source = new("Source");
    public static readonly Member SourceParameters = new("SourceParameters");
    public static readonly Member Enrichment = new("Enrichment");
    public static readonly Member EnrichmentParameters = new("EnrichmentParameters");
    public static readonly Member Target = new("Target");
    public static readonly Member TargetParameters = new("TargetParameters");
    public static readonly Member KmsKeyIdentifier = new("KmsKeyIdentifier");
    public static readonly Member LogConfiguration = new("LogConfiguration");
    public static readonly Member Level = new("Level");
    public static readonly Member Tags = new("Tags");

    public static readonly Member SqsQueueParameters = new("SqsQueueParameters");
    public static readonly Member BatchSize = new("BatchSize");
    public static readonly Member Window = new("MaximumBatchingWindowInSeconds");
    public static readonly Member FilterCriteria = new("FilterCriteria");
    public static readonly Member Filters = new("Filters");
    public static readonly Member Pattern = new("Pattern");
    public static readonly Member InputTemplate = new("InputTemplate");
    public static readonly Member MessageGroupId = new("MessageGroupId");
    public static readonly Member MessageDeduplicationId = new("MessageDeduplicationId");
    public static readonly Member BusParameters = new("EventBridgeEventBusParameters");
    public static readonly Member DetailType = new("DetailType");
    public static readonly Member EventSource = new("Source");
    public static readonly Member Resources = new("Resources");
    public static readonly Member EndpointId = new("EndpointId");
    public static readonly Member Time = new("Time");

    public static readonly Member Pipes = new("Pipes");
    public static readonly Member NamePrefix = new("NamePrefix");
    public static readonly Member SourcePrefix = new("SourcePrefix");
    public static readonly Member TargetPrefix = new("TargetPrefix");
    public static readonly Member Limit = new("Limit");
    public static readonly Member NextToken = new("NextToken");

    public static readonly Member ResourceArn = new("resourceArn");
    public static readonly Member TagList = new("tags");
    public static readonly Member TagKeys = new("tagKeys");
}
