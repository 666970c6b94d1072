using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Access;

namespace Weir.Protocols.Aws.Access;

/// <summary>Decides whether a caller may do what it asks for, before it is done.</summary>
internal static class AccessGate
{
    private static readonly Decision Allowed = new(Verdict.Allow, null);

    /// <summary>
    /// What a resource's policy can grant to other accounts. All else is done by the owner alone, and refused by those
    /// who read what it is to be done to.
    /// </summary>
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html, note of each.
    private static readonly FrozenSet<string> BetweenAccounts = FrozenSet.Create(
        StringComparer.Ordinal,
        "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
        "sqs:ListDeadLetterSourceQueues", "sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage",
        "sns:AddPermission", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
        "sns:ListTagsForResource", "sns:Publish", "sns:RemovePermission", "sns:SetTopicAttributes", "sns:Subscribe",
        "events:DescribeEventBus", "events:DescribeRule", "events:ListRules", "events:ListTargetsByRule",
        "events:PutEvents");

    /// <summary>What its own account can always do, so that nobody locks himself out by a policy.</summary>
    private static readonly FrozenSet<string> Unlocking = FrozenSet.Create(
        StringComparer.Ordinal,
        "sqs:DeleteQueue", "sqs:GetQueueAttributes", "sqs:RemovePermission", "sqs:SetQueueAttributes",
        "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:RemovePermission", "sns:SetTopicAttributes",
        "events:DeleteEventBus", "events:DescribeEventBus", "events:PutPermission", "events:RemovePermission");

    /// <summary>Why the call is not done; null when it may be.</summary>
    public static AwsError? Check(AwsCall call, AwsTarget target)
    {
        if (target.Operation.JudgesItself) return null;
        var resource = target.Service.ResourceOf(call, target.Operation);
        if (call.Fault is not null) return null;
        var keys = target.Operation.AccessKeys(call);
        return Check(call, target.Permission, resource, keys) is { } denied ? target.Service.Denied(denied) : null;
    }

    /// <summary>Why an action that is part of the call is not done, as a sentence; null when it may be.</summary>
    public static string? Check(
        AwsCall call, string action, AwsResource resource, IReadOnlyDictionary<string, string>? keys = null)
    {
        var decision = Decide(
            call.Identity, call.Request, call.Broker.Time.GetUtcNow(), action, resource, keys, out var isGrant);
        if (!decision.IsAllowed) return Reason(call.Identity, action, resource.Arn, decision);
        if (isGrant) call.GrantedArn = resource.Arn;
        return null;
    }

    /// <param name="isGrant">Another account's resource is opened to the caller by its policy.</param>
    public static Decision Decide(
        AwsIdentity identity, HttpRequest request, DateTimeOffset now, string action, AwsResource resource,
        IReadOnlyDictionary<string, string>? keys, out bool isGrant)
    {
        var (policies, policy) = (identity.Policies, resource.Policy);
        var isOwn = resource.Account == identity.Account;
        isGrant = !isOwn && BetweenAccounts.Contains(action);
        if (!isOwn && !isGrant) policy = null;
        if (isOwn && identity.IsOwner && Unlocking.Contains(action)) policy = null;
        if (policies.Count == 0 && !isGrant && policy is null) return Allowed;
        var asked = new AccessRequest
        {
            Caller = AccessCaller.Of(identity.Account, identity.Key?.User),
            Action = action,
            Resource = resource.Arn,
            // What no policy can grant is judged by the caller's own; its reader refuses it then.
            Owner = isOwn || isGrant ? resource.Account : identity.Account,
            Now = now,
            SourceIp = request.HttpContext.Connection.RemoteIpAddress,
            IsSecure = request.IsHttps,
        };
        return Decision.Of(keys is null ? asked : asked with { Keys = keys }, policies, policy);
    }

    public static string Reason(AwsIdentity identity, string action, string arn, Decision decision)
    {
        var who = AccessCaller.Of(identity.Account, identity.Key?.User).Arn;
        var why = decision.Verdict == Verdict.ExplicitDeny
            ? $"with an explicit deny in a policy: {decision.By}"
            : "because no policy allows it";
        return $"User: {who} is not authorized to perform: {action} on resource: {arn} {why}";
    }
}
