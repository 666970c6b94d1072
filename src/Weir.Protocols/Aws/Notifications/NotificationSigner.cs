using System.Collections.Concurrent;
using System.Text;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>
/// Signs notifications with a key that Weir makes when it first needs one and keeps with the queues.
/// </summary>
internal sealed class NotificationSigner(Broker.Broker broker)
{
    private const string Item = "sns";

    /// <summary>Signatures remembered: a message is signed once, however many queues and receives it goes through.
    /// </summary>
    private const int SignaturesMax = 4096;

    private static readonly ScopeName Scope = new("signing", "000000000000", "", "");

    private readonly ConcurrentDictionary<(Guid MessageId, int Version), string> _signatures = [];
    private volatile SigningKey? _key;

    /// <summary>The key, or why there is none.</summary>
    public async ValueTask<Outcome<SigningKey>> GetKeyAsync()
    {
        if (_key is { } key) return key;
        while (true)
        {
            var read = await broker.ExecuteAsync(new ReadDefinitionsCommand());
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(Scope, Item) is { } definition)
                return _key ??= new SigningKey(Encoding.UTF8.GetString(definition.Value.Span));
            var made = SigningKey.Create(broker.Time.GetUtcNow());
            var stored = await broker.ExecuteAsync(new DefineCommand([new DefinitionChange
            {
                Scope = Scope, Item = Item, Value = Encoding.UTF8.GetBytes(made.Pem), ExpectedRevision = 0,
            }]));

            // Somebody else may have been first: then theirs is the key, and the next round reads it.
            if (!stored.IsOk && stored.Fault.Code != FaultCode.ConfigChanged) return stored.Fault;
        }
    }

    /// <summary>Signs what stands for a message; the same message always gives the same text.</summary>
    public string Sign(SigningKey key, Guid messageId, int version, string text)
    {
        if (_signatures.TryGetValue((messageId, version), out var signature)) return signature;
        if (_signatures.Count >= SignaturesMax) _signatures.Clear();
        return _signatures[(messageId, version)] = key.Sign(text, version);
    }
}
