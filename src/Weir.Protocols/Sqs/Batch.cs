using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs;

/// <summary>
/// The entries of a batch request and what became of each. The rules for a batch as a whole refuse all of it; what is
/// wrong with one entry fails that entry alone.
/// </summary>
internal sealed class Batch
{
    private const int EntriesMax = 10;

    private readonly AwsError?[] _errors;

    private Batch(InputValue[] entries, string[] ids)
    {
        Entries = entries;
        Ids = ids;
        _errors = new AwsError?[entries.Length];
    }

    public InputValue[] Entries { get; }

    public string[] Ids { get; }

    public AwsError? this[int entry]
    {
        get => _errors[entry];
        set => _errors[entry] = value;
    }

    /// <summary>Null with the fault noted in the call.</summary>
    public static Batch? Read(AwsCall call, Member member)
    {
        var items = call.Input[member].Items();
        if (call.Fault is not null) return null;
        var count = items.Count;
        if (count == 0) call.Refuse(SqsErrors.EmptyBatch(member.ElementName));
        else if (count > EntriesMax) call.Refuse(SqsErrors.TooManyEntries(count, EntriesMax));
        if (call.Fault is not null) return null;
        var entries = new InputValue[count];
        var ids = new string[count];
        var read = 0;
        foreach (var item in items)
        {
            entries[read] = item;
            if (ReadId(call, item, ids.AsSpan(0, read)) is not { } id) return null;
            ids[read++] = id;
        }

        return new Batch(entries, ids);
    }

    /// <summary>Writes the entries that failed. JSON answers an empty list where none did, as SQS does.</summary>
    public void WriteFailed(AnswerWriter answer)
    {
        answer.BeginList(SqsMembers.Failed);
        for (var i = 0; i < _errors.Length; i++)
        {
            if (_errors[i] is not { } error) continue;
            answer.BeginItem();
            answer.Text(SqsMembers.Id, Ids[i]);
            answer.Boolean(SqsMembers.SenderFault, error.IsSenders);
            answer.Text(SqsMembers.Code, error.QueryCode);
            answer.Text(SqsMembers.Message, error.Message);
            answer.EndItem();
        }

        answer.EndList();
    }

    /// <summary>Writes the entries that succeeded, when there is nothing to say of them but that.</summary>
    public void WriteSuccessful(AnswerWriter answer, Member list)
    {
        answer.BeginList(list);
        for (var i = 0; i < _errors.Length; i++)
        {
            if (_errors[i] is not null) continue;
            answer.BeginItem();
            answer.Text(SqsMembers.Id, Ids[i]);
            answer.EndItem();
        }

        answer.EndList();
    }

    private static string? ReadId(AwsCall call, InputValue entry, ReadOnlySpan<string> before)
    {
        var id = entry[SqsMembers.Id].Text();
        if (call.Fault is not null) return null;
        if (id is null) call.Refuse(AwsErrors.MissingParameter(SqsMembers.Id.Name));
        else if (!QueueNameText.IsValidLabel(id)) call.Refuse(SqsErrors.InvalidEntryId);
        else if (before.Contains(id)) call.Refuse(SqsErrors.RepeatedEntryId(id));
        return call.Fault is null ? id : null;
    }
}
