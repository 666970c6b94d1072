using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Rest.Messages;

namespace Weir.Protocols.Rest.Operations;

/// <summary>Publishes what a request brings to a topic.</summary>
internal sealed class PublishToTopicOperation : RestOperation
{
    public override string Method => "POST";

    public override string Path => "/_weir/topics/{name}/messages";

    public override bool AddsMessages => true;

    public override string Permission => "sns:Publish";

    public override AwsResource ResourceOf(RestCall call) => AwsResource.Of(
        call.Broker.Definitions, new TopicName(call.Identity.Account, call.Identity.Region, call.Name));

    public override IReadOnlyList<string> Headers { get; } = [.. InboundMessage.Headers, .. FifoHeaders.Headers];

    public override async ValueTask<Problem?> ExecuteAsync(RestCall call)
    {
        if (!TopicNameText.IsValid(call.Name)) return Problems.NoSuchPath;
        var topic = new TopicName(call.Identity.Account, call.Identity.Region, call.Name);
        var (messages, invalid) = InboundMessage.Read(call);
        if (invalid is not null) return invalid;
        var (ids, wrongId) = FifoHeaders.Read(call, topic.Name, messages.Count);
        var (key, wrongKey) = KeyHeader.Read(call);
        if ((wrongId ?? wrongKey) is { } wrong) return wrong;
        var (wantsReply, _) = InboundMessage.ReadReply(call);
        var (definitions, now) = (call.Broker.Definitions, call.Broker.Time.GetUtcNow());
        var published = messages.Select(message =>
            TopicMessage.Of(definitions, topic, message.Id, now, message.Content) with
            {
                GroupId = ids.GroupId,
                DeduplicationId = ids.DeduplicationIdOf(message, topic.Name),
            });
        var outcome = await call.Backend.Requests.PublishAsync(topic, [.. published], key, wantsReply);
        return await AcceptanceAnswer.WriteAsync(call, outcome, isQueue: false, wantsReply);
    }
}
