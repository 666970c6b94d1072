using Weir.Broker.Topics;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sns.Operations;

/// <summary>Publishes up to ten messages to a topic, each accepted or refused for itself, in one commit.</summary>
// https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
internal sealed class PublishBatchOperation : AwsOperation
{
    public override string Name => "PublishBatch";

    public override bool AddsMessages => true;

    public override string Permission => "Publish";

    private const int EntriesMax = 10;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (TopicInput.Read(call) is not { } topic) return call.Fault;
        var items = call.Input[SnsMembers.PublishEntries].Items();
        if (call.Fault is not null) return call.Fault;
        if (items.IsEmpty) return SnsErrors.EmptyBatch;
        if (items.Count > EntriesMax) return SnsErrors.TooManyEntries(items.Count, EntriesMax);
        var ids = new List<string>();
        var failed = new List<(string Id, AwsError Error)>();
        var messages = new List<(string Id, TopicMessage Message)>();
        foreach (var item in items)
        {
            if (ReadId(item, ids) is { } wrongId) return call.Fault ?? wrongId;
            var (message, error) = PublishInput.ReadMessage(call, item, topic);
            if (call.Fault is not null) return call.Fault;
            if (message is null) failed.Add((ids[^1], error!));
            else messages.Add((ids[^1], message));
        }

        return await PublishAsync(call, topic, messages, failed);
    }

    private static async ValueTask<AwsError?> PublishAsync(
        AwsCall call, TopicName topic, List<(string Id, TopicMessage Message)> messages,
        List<(string Id, AwsError Error)> failed)
    {
        var found = await call.Backend.Topics.GetAsync(topic);
        if (!found.IsOk) return SnsErrors.From(found.Fault);
        var bytes = messages.Sum(entry => (long)entry.Message.ContentBytes);
        if (bytes > found.Value.Config.MessageBytesMax)
            return SnsErrors.BatchTooLong(bytes, found.Value.Config.MessageBytesMax);
        foreach (var entry in messages.ToArray())
        {
            if (TopicPublisher.Check(found.Value.Config, entry.Message) is not { } fault) continue;
            failed.Add((entry.Id, SnsErrors.From(fault)));
            messages.Remove(entry);
        }

        var outcome = await call.Backend.Publisher.PublishAsync(topic, [.. messages.Select(entry => entry.Message)]);
        if (!outcome.IsOk) return SnsErrors.From(outcome.Fault);
        call.Answer.BeginList(SnsMembers.Successful);
        for (var i = 0; i < messages.Count; i++)
        {
            call.Answer.BeginItem();
            call.Answer.Text(SnsMembers.Id, messages[i].Id);
            PublishInput.WritePublished(call.Answer, outcome.Value[i], topic);
            call.Answer.EndItem();
        }

        call.Answer.EndList();
        WriteFailed(call.Answer, failed);
        return null;
    }

    private static void WriteFailed(AnswerWriter answer, List<(string Id, AwsError Error)> failed)
    {
        answer.BeginList(SnsMembers.Failed);
        foreach (var (id, error) in failed)
        {
            answer.BeginItem();
            answer.Text(SnsMembers.Id, id);
            answer.Text(SnsMembers.Code, error.QueryCode);
            answer.Text(SnsMembers.Message, error.Message);
            answer.Boolean(SnsMembers.SenderFault, error.IsSenders);
            answer.EndItem();
        }

        answer.EndList();
    }

    private static AwsError? ReadId(InputValue entry, List<string> ids)
    {
        var id = entry[SnsMembers.Id].Text();
        if (string.IsNullOrEmpty(id)) return SnsErrors.Missing(SnsMembers.Id.Name);
        if (!QueueNameText.IsValidLabel(id)) return SnsErrors.InvalidEntryId;
        if (ids.Contains(id)) return SnsErrors.RepeatedEntryId;
        ids.Add(id);
        return null;
    }
}
