using System.Security.Cryptography;
using System.Text;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Secrets;

/// <summary>
/// Gives the box to those who keep secrets. It is locked until the one who started the broker gave the key. With the
/// first secret the data directory is bound to its key: another one does not unlock it any more.
/// </summary>
public sealed class SecretVault
{
    private const string Item = "key";

    private static readonly ScopeName Scope = new("secrets", "000000000000", "", "");

    private static readonly Fault Locked = new(FaultCode.Unavailable,
        "The broker was started without a key, so it can neither keep nor read secrets.");

    private readonly Broker _broker;
    private volatile SecretBox? _box;
    private volatile SecretKey? _key;
    private volatile bool _isBound;

    internal SecretVault(Broker broker) => _broker = broker;

    /// <summary>The id of the key that secrets in the data directory are encrypted with; null: there are none.
    /// </summary>
    public string? BoundKeyId => _broker.Definitions.Find(Scope, Item) is { } bound
        ? Encoding.ASCII.GetString(bound.Value.Span)
        : null;

    /// <summary>To open what is kept; a fault while the vault is locked.</summary>
    public Outcome<SecretBox> Box => _box is { } box ? box : Locked;

    /// <summary>Takes the key. To be called once, before anything is served.</summary>
    /// <returns>Null; else why the key is not that of the data directory.</returns>
    public Fault? Unlock(SecretKey key)
    {
        if (BoundKeyId is { } bound && bound != key.Id)
        {
            return new Fault(FaultCode.InvalidValue,
                $"The secrets in the data directory are encrypted with key {bound}, and this is key {key.Id}.");
        }

        (_key, _box) = (key, new SecretBox(key, _broker.Ids));
        return null;
    }

    /// <summary>
    /// A key of 32 bytes for a purpose of its own, always the same; nobody can tell the server's key from it. A fault
    /// while the vault is locked.
    /// </summary>
    public Outcome<byte[]> Derive(string purpose) => _key is { } key
        ? HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"weir derived key: {purpose}"))
        : Locked;

    /// <summary>The box to keep something new with, once the data directory is bound to the key.</summary>
    public async ValueTask<Outcome<SecretBox>> BindAsync()
    {
        if (_box is not { } box || _key is not { } key) return Locked;
        if (_isBound) return box;
        var outcome = await _broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = Scope, Item = Item, Value = Encoding.ASCII.GetBytes(key.Id), ExpectedRevision = 0,
        }])).ConfigureAwait(false);

        // Somebody else may have bound it first, with the same key: there is but one in a process.
        if (!outcome.IsOk && outcome.Fault.Code != FaultCode.ConfigChanged) return outcome.Fault;
        _isBound = true;
        return box;
    }
}
