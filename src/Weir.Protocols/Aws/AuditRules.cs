using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Audit;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>Which operations change what somebody set up, and what of a request names that.</summary>
internal static class AuditRules
{
    private static readonly string[] ReadingVerbs = ["Get", "List", "Describe", "Check", "Test"];

    /// <summary>Those that carry messages, and are far too many to be told.</summary>
    private static readonly FrozenSet<string> MessageOperations = FrozenSet.Create(
        StringComparer.Ordinal, "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage",
        "DeleteMessageBatch", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "Publish", "PublishBatch",
        "PutEvents");

    /// <summary>The first of them that a request has is what it changes.</summary>
    private static readonly Member[] Names =
    [
        new("QueueUrl"), new("QueueName"), new("SubscriptionArn"), new("TopicArn"), new("ResourceArn"),
        new("ResourceARN"), new("resourceArn"), new("SourceArn"), new("TaskHandle"), new("Name"), new("Rule"),
        new("ArchiveName"), new("ReplayName"), new("EventBusName"), new("GroupName"),
    ];

    public static bool IsChange(string operation) => !MessageOperations.Contains(operation)
        && !Array.Exists(ReadingVerbs, verb => operation.StartsWith(verb, StringComparison.Ordinal));

    public static AuditEntry Entry(
        DateTimeOffset now, AwsIdentity identity, HttpRequest request, string action, string resource) => new()
    {
        At = now,
        Account = identity.Account,
        Region = identity.Region,
        Who = identity.Bearer ?? identity.Key?.Arn
            ?? $"anybody, as {(identity.AccessKeyId is { Length: > 0 } id ? id : "nobody")}",
        AccessKeyId = identity.AccessKeyId,
        Action = action,
        Resource = resource,
        From = request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "",
    };

    public static string ResourceOf(InputValue input)
    {
        foreach (var name in Names)
        {
            if (input[name] is { IsAbsent: false } found && found.Text() is { } text) return text;
        }

        return "";
    }
}
