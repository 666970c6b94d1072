using System.Collections.Immutable;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Creates a queue, or answers the one that is there when it differs in nothing that was asked for.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
internal sealed class CreateQueueOperation : AwsOperation
{
    public override string Name => "CreateQueue";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var name = call.Input.Required(SqsMembers.QueueName).Text();
        var attributes = call.Input[SqsMembers.Attributes].Entries(SqsMembers.Attributes);
        var tagEntries = call.Input[SqsMembers.CreateTags].Entries(SqsMembers.CreateTags);
        if (call.Fault is not null || name is null) return call.Fault;
        if (!QueueNameText.IsValid(name)) return QueueNameText.InvalidStandard;
        var queue = new QueueName(call.Identity.Account, call.Identity.Region, name);
        var reader = new AttributeReader(queue, isCreate: true);
        var wrongTags = TagReader.Read(tagEntries, out var tags);
        var error = reader.Read(attributes) ?? wrongTags;
        if ((call.Fault ?? error) is { } wrong) return wrong;

        var outcome = await call.Broker.ExecuteAsync(
            new CreateQueueCommand(queue, reader.Patch, tags.ToImmutableSortedDictionary(StringComparer.Ordinal)));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        call.Answer.Text(SqsMembers.QueueUrl, QueueUrl.Write(call, queue));
        return null;
    }
}
