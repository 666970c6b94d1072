using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Publishes one message to a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
internal sealed class PublishOperation : AwsOperation
{
    public override string Name => "Publish";

    public override bool AddsMessages => true;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (PublishInput.ReadTopic(call) is not { } topic) return call.Fault;
        var (message, error) = PublishInput.ReadMessage(call, call.Input, topic);
        if (message is null) return call.Fault ?? error;
        var outcome = await call.Backend.Publisher.PublishAsync(topic, [message]);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        PublishInput.WritePublished(call.Answer, outcome.Value[0], topic);
        return null;
    }
}
