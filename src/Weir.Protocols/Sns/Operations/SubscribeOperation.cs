using Weir.Broker.Access;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Sns.Attributes;
using Weir.Protocols.Sns.Push;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Subscribes a queue or an HTTP endpoint to a topic, or answers the subscription that it has.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
internal sealed class SubscribeOperation : AwsOperation
{
    public override string Name => "Subscribe";

    public override IReadOnlyDictionary<string, string>? AccessKeys(AwsCall call) => new Dictionary<string, string>
    {
        ["sns:Protocol"] = call.Input[SnsMembers.Protocol].Text() ?? "",
        ["sns:Endpoint"] = call.Input[SnsMembers.Endpoint].Text() ?? "",
    };

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        if (TopicInput.RequiredText(call, SnsMembers.Protocol) is not { } protocol) return call.Fault;
        if (SubscriptionProtocol.Check(protocol) is { } unserved) return unserved;
        if (TopicInput.RequiredText(call, SnsMembers.Endpoint) is not { } endpoint) return call.Fault;
        var attributes = call.Input[SnsMembers.Attributes].Entries(SnsMembers.Attributes);
        if (call.Fault is not null) return call.Fault;
        var id = call.Broker.Ids.NewId();
        var start = new SubscriptionConfig
        {
            Id = id, Owner = call.Identity.Account, Queue = SubscriptionConfig.PushQueue(topic, id),
        };
        if (protocol == SubscriptionProtocol.Queue)
        {
            if (await FindQueueAsync(call, topic, endpoint) is not { Queue: { } queue } found)
                return SnsErrors.Invalid("Endpoint", $"{endpoint} is no queue of this region");
            if (found.Error is { } wrongQueue) return wrongQueue;
            start = start with { Queue = queue };
        }
        else
        {
            if (!call.Backend.IsPushing) return SubscriptionProtocol.NotPushing(protocol);
            if (PushEndpoint.Check(protocol, endpoint) is { } wrongEndpoint) return wrongEndpoint;
            start = start with { Endpoint = endpoint, Token = Confirmation.NewToken() };
        }

        return await SubscribeAsync(call, topic, start, attributes);
    }

    private static async ValueTask<AwsError?> SubscribeAsync(
        AwsCall call, TopicName topic, SubscriptionConfig start, InputItems attributes)
    {
        var (subscription, error) = Read(start, topic, attributes);
        if (subscription is null) return call.Fault ?? error;
        var current = subscription;
        var outcome = await call.Backend.Topics.SubscribeAsync(topic, subscription, present =>
        {
            current = present;
            return Read(present, topic, attributes).Config == present ? null : new Fault(FaultCode.InvalidValue,
                "Attributes Reason: Subscription already exists with different attributes");
        });
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        if (current.Replay is not null) call.Backend.OnReplaysChanged?.Invoke();
        if (current.IsPending)
        {
            // Also when it was asked for before: whoever asks again wants to be asked again.
            var version = TopicPublisher.SignatureVersionOf(call.Broker.Definitions, topic);
            if (await Confirmation.SendAsync(call.Broker, topic, current, version) is { } fault)
                return SnsErrors.From(fault);
        }

        var showsArn = !current.IsPending
            || call.Input[SnsMembers.ReturnSubscriptionArn].Text() is "true" or "True";
        call.Answer.Text(SnsMembers.SubscriptionArn,
            showsArn ? TopicArn.Write(topic, outcome.Value) : "pending confirmation");
        return null;
    }

    // A queue that is not there would swallow what is published without a word.
    private static async ValueTask<(QueueName? Queue, AwsError? Error)?> FindQueueAsync(
        AwsCall call, TopicName topic, string endpoint)
    {
        if (QueueArn.Parse(endpoint) is not { } queue || queue.Region != topic.Region) return null;
        if (queue.HasFifoSuffix && !topic.HasFifoSuffix)
        {
            return (queue, SnsErrors.Invalid(
                "Endpoint", "FIFO SQS Queues can not be subscribed to standard SNS topics"));
        }

        // Said before whether the queue is there, which is no business of other accounts.
        if (!ServiceAccess.Allows(call.Broker.Definitions, topic, queue, call.Broker.Time.GetUtcNow()))
        {
            return (queue, SnsErrors.NotAllowed(
                $"The policy of {endpoint} does not let {ServiceAccess.Topics} send messages to it for this topic."));
        }

        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        if (outcome.IsOk) return (queue, null);
        return outcome.Fault.Code == FaultCode.QueueNotFound ? null : (queue, SnsErrors.From(outcome.Fault));
    }

    private static (SubscriptionConfig? Config, AwsError? Error) Read(
        SubscriptionConfig config, TopicName topic, InputItems attributes)
    {
        foreach (var entry in attributes)
        {
            if (entry.Text() is not { } value) return (null, null);
            var (next, error) = SubscriptionAttributes.Set(config, topic, entry.Name, value);
            if (next is null) return (null, error);
            config = next;
        }

        return SubscriptionAttributes.Check(config) is { } wrong ? (null, wrong) : (config, null);
    }
}
