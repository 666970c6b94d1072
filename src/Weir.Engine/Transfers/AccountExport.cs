using System.Buffers;
using System.Buffers.Binary;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>
/// Takes an account out of a shard, a queue at a time, for another shard to have it as it is. Nobody may change what
/// the account has meanwhile; time may pass.
/// </summary>
// All that a checkpoint has of the account goes over in the checkpoint's own items, so a restart and a move keep the
// same; only contents, which stay in the log, are carried along.
public sealed class AccountExport
{
    private const int ItemHeaderLength = sizeof(int) + 1;

    private readonly ShardState _state;
    private readonly QueueName[] _names;
    private int _next;

    /// <summary>On the shard's thread, as all of it.</summary>
    internal AccountExport(ShardState state, string account)
    {
        (_state, Account) = (state, account);
        _names = [.. state.NamesFrom(new QueueName(account, "", "")).TakeWhile(name => name.Account == account)];
    }

    public string Account { get; }

    public int QueueCount => _names.Length;

    /// <summary>The shard's time, which the receiving shard's must not be behind.</summary>
    public long NowUnixMs => _state.NowUnixMs;

    /// <summary>The next queue; null: that was all.</summary>
    public QueueImage? TakeNext()
    {
        while (_next < _names.Length)
        {
            if (_state.Find(_names[_next++]) is { } queue) return new QueueImage(queue);
        }

        return null;
    }

    /// <summary>What belongs to no queue: definitions, move tasks, names that were deleted.</summary>
    public AccountRest TakeRest()
    {
        var items = new ArrayBufferWriter<byte>();
        CheckpointFormat.WriteDeletedNames(_state.DeletedNames.Where(name => name.Key.Account == Account), items);
        CheckpointFormat.WriteMoveTasks(_state.Tasks.Where(task => task.Source.Account == Account), items);
        CheckpointFormat.WriteDefinitions(
            _state.Definitions.Scopes.Where(scope => scope.Name.Account == Account), items);
        return new AccountRest(Account, items.WrittenMemory);
    }

    internal static IEnumerable<ImportPiece> PiecesOf(ReadOnlyMemory<byte> items)
    {
        while (items.Length > 0)
        {
            var (type, item) = ItemAt(items);
            yield return new ImportPiece(type, item);
            items = items[(ItemHeaderLength + item.Length)..];
        }
    }

    /// <summary>The first of the items in a checkpoint's bytes.</summary>
    internal static (ItemType Type, ReadOnlyMemory<byte> Item) ItemAt(ReadOnlyMemory<byte> items)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(items.Span);
        return ((ItemType)items.Span[sizeof(int)], items.Slice(ItemHeaderLength, length - 1));
    }
}

/// <summary>What of an account belongs to no queue; any thread may read it.</summary>
public sealed class AccountRest
{
    private readonly string _account;
    private readonly ReadOnlyMemory<byte> _items;

    internal AccountRest(string account, ReadOnlyMemory<byte> items) => (_account, _items) = (account, items);

    /// <inheritdoc cref="QueueImage.Read"/>
    public IEnumerable<ImportCommand> Read(int bytesMax) =>
        ImportCommand.Divide(_account, AccountExport.PiecesOf(_items), bytesMax);
}
