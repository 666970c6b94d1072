using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Removes tags of a topic.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html
internal sealed class UntagResourceOperation : AwsOperation
{
    public override string Name => "UntagResource";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call, SnsMembers.ResourceArn) is not { } topic) return call.Fault;
        var keys = new List<string>();
        foreach (var item in call.Input[SnsMembers.TagKeys].Items())
        {
            if (item.Text() is { } key) keys.Add(key);
        }

        if (call.Fault is not null) return call.Fault;
        var outcome = await call.Backend.Topics.ConfigureAsync(topic, config =>
            new Outcome<TopicConfig>(config with { Tags = config.Tags.RemoveRange(keys) }));
        return outcome.IsOk ? null : SnsErrors.From(outcome.Fault);
    }
}
