using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>What else this shard has of an account, whose queues were dropped, goes: its definitions.</summary>
internal record struct AccountDropped(string Account) : IRecord<AccountDropped>
{
    public static RecordType Type => RecordType.AccountDropped;

    public readonly int BytesMax => SpanWriter.BytesMax(Account);

    public static AccountDropped Read(ref SpanReader reader) => new(reader.TextRequired());

    public readonly void Write(ref SpanWriter writer) => writer.Text(Account);

    public readonly void Apply(ShardState state)
    {
        var account = Account;
        foreach (var scope in state.Definitions.Scopes.Where(scope => scope.Name.Account == account).ToArray())
            state.Undefine(scope.Name, item: null);
        foreach (var name in state.DeletedNames.Keys.Where(name => name.Account == account).ToArray())
            state.DeletedNames.Remove(name);
    }
}
