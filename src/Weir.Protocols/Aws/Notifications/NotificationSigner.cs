using System.Collections.Concurrent;
using System.Text;
using Weir.Broker.Secrets;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>
/// Signs notifications with a key that Weir makes when it first needs one and keeps, encrypted, with the queues.
/// </summary>
internal sealed class NotificationSigner(Broker.Broker broker)
{
    private const string Item = "sns";
    private const string Owner = "signing/sns";

    /// <summary>Signatures remembered: a message is signed once, however many queues and receives it goes through.
    /// </summary>
    private const int SignaturesMax = 4096;

    private static readonly ScopeName Scope = new("signing", "000000000000", "", "");

    private readonly ConcurrentDictionary<(Guid MessageId, int Version), string> _signatures = [];
    private volatile SigningKey? _key;

    /// <summary>By which those who are notified end it.</summary>
    public UnsubscribeLinks Links { get; } = new(broker);

    /// <summary>The key, or why there is none.</summary>
    public async ValueTask<Outcome<SigningKey>> GetKeyAsync()
    {
        if (_key is { } key) return key;
        while (true)
        {
            var read = await broker.ReadDefinitionsAsync(Scope.Account);
            if (!read.IsOk) return read.Fault;
            var kept = read.Value.Find(Scope, Item);
            var text = kept is null ? null : Encoding.UTF8.GetString(kept.Value.Span);
            if (text is not null && SecretBox.IsSealed(text)) return Open(text);

            // There is none yet, or Weir 0.2 and before has kept it as plain text.
            var pem = text ?? SigningKey.Create(broker.Time.GetUtcNow()).Pem;
            var stored = await StoreAsync(pem, kept?.Revision ?? 0);

            // Somebody else may have been first: then theirs is the key, and the next round reads it.
            if (!stored.IsOk && stored.Fault.Code != FaultCode.ConfigChanged) return stored.Fault;
        }
    }

    private Outcome<SigningKey> Open(string text)
    {
        var box = broker.Secrets.Box;
        if (!box.IsOk) return box.Fault;
        var pem = box.Value.Open(text, Owner);
        return pem.IsOk ? _key ??= new SigningKey(pem.Value) : pem.Fault;
    }

    private async ValueTask<Outcome<Done>> StoreAsync(string pem, long revision)
    {
        var box = await broker.Secrets.BindAsync();
        if (!box.IsOk) return box.Fault;
        return await broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = Scope,
            Item = Item,
            Value = Encoding.UTF8.GetBytes(box.Value.Seal(pem, Owner)),
            ExpectedRevision = revision,
        }]));
    }

    /// <summary>Signs what stands for a message; the same message always gives the same text.</summary>
    public string Sign(SigningKey key, Guid messageId, int version, string text)
    {
        if (_signatures.TryGetValue((messageId, version), out var signature)) return signature;
        if (_signatures.Count >= SignaturesMax) _signatures.Clear();
        return _signatures[(messageId, version)] = key.Sign(text, version);
    }
}
