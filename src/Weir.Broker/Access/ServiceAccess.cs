using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Access;

/// <summary>
/// Whether a service may deliver to a queue. Inside an account it may unless the queue's policy denies it; into the
/// queue of another account only as that queue's policy allows.
/// </summary>
public static class ServiceAccess
{
    public const string Topics = "sns.amazonaws.com";
    public const string Buses = "events.amazonaws.com";

    private const string Send = "sqs:SendMessage";

    /// <summary>Whether a topic's messages may go to a queue.</summary>
    public static bool Allows(DefinitionCatalog definitions, TopicName topic, QueueName queue, DateTimeOffset now) =>
        PolicyOf(definitions, queue) is { } policy
            ? Allows(policy, Topics, ResourceArn.Of(topic), topic.Account, queue, now)
            : queue.Account == topic.Account;

    /// <summary>Whether what a rule makes of events may go to a queue.</summary>
    /// <param name="account">Whose the rule is.</param>
    internal static bool Allows(
        DefinitionCatalog definitions, RuleConfig rule, string account, QueueName queue, DateTimeOffset now) =>
        PolicyOf(definitions, queue) is { } policy
            ? Allows(policy, Buses, rule.Arn, account, queue, now)
            : queue.Account == account;

    internal static DeliveryError Denied(QueueName queue) => new(
        "NO_PERMISSIONS", $"The policy of queue {queue.Name} of account {queue.Account} does not let it in.");

    private static Policy? PolicyOf(DefinitionCatalog definitions, QueueName queue) =>
        queue.IsInternal ? null : ResourcePolicies.Of(definitions, queue);

    private static bool Allows(
        Policy policy, string service, string sourceArn, string sourceAccount, QueueName queue, DateTimeOffset now)
    {
        var request = new AccessRequest
        {
            Caller = AccessCaller.OfService(service),
            Action = Send,
            Resource = ResourceArn.Of(queue),
            Owner = queue.Account,
            Now = now,
            SourceArn = sourceArn,
            SourceAccount = sourceAccount,
        };
        var verdict = Decision.Of(request, [], policy).Verdict;
        return queue.Account == sourceAccount ? verdict != Verdict.ExplicitDeny : verdict == Verdict.Allow;
    }
}
