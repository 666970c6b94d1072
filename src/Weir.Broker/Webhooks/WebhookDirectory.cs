using System.Security.Cryptography;
using Weir.Broker.Delivery;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Webhooks;

/// <summary>Creates, changes and finds webhooks. Their secrets are kept encrypted.</summary>
public sealed class WebhookDirectory(Broker broker)
{
    /// <summary>Of an account in a region.</summary>
    public const int WebhooksMax = 1_000;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    private const int SecretBytes = 32;

    /// <summary>Called when a webhook was created, changed or deleted.</summary>
    public Action<WebhookName>? OnChanged { get; set; }

    /// <summary>All webhooks there are, of any account.</summary>
    public static IEnumerable<WebhookName> WebhooksIn(DefinitionCatalog definitions) => definitions.Scopes
        .Where(scope => scope.Name.Kind == WebhookName.ScopeKind)
        .SelectMany(scope => scope.Items.Keys, (scope, name) =>
            new WebhookName(scope.Name.Account, scope.Name.Region, name));

    public static WebhookConfig? Find(DefinitionCatalog definitions, WebhookName name) =>
        definitions.Find(name.Scope, name.Name) is { } found ? WebhookDocuments.Read(found) : null;

    /// <summary>A new secret, of the form that receivers take.</summary>
    public static string NewSecret() =>
        StandardWebhooks.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>A secret as a webhook keeps it.</summary>
    public async ValueTask<Outcome<string>> SealAsync(WebhookName name, string secret)
    {
        var box = await broker.Secrets.BindAsync().ConfigureAwait(false);
        return box.IsOk ? box.Value.Seal(secret, name.RouteId) : box.Fault;
    }

    /// <summary>Puts a webhook in the place of the one that is there, or where there was none.</summary>
    /// <param name="edit">The new one, from the present one or null. May be called more than once.</param>
    public async ValueTask<Outcome<WebhookConfig>> PutAsync(
        WebhookName name, Func<WebhookConfig?, Outcome<WebhookConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            var present = read.Value.Find(name.Scope, name.Name);
            if (present is null && read.Value.Find(name.Scope)?.Items.Count >= WebhooksMax)
                return new Fault(FaultCode.InFlightLimit, $"There are {WebhooksMax} webhooks; delete some first.");
            var edited = edit(present is null ? null : WebhookDocuments.Read(present));
            if (!edited.IsOk) return edited.Fault;
            var now = broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
            var config = edited.Value with
            {
                CreatedUnixMs = present is null ? now : edited.Value.CreatedUnixMs, ModifiedUnixMs = now,
            };
            var outcome = await SetAsync(name, config, present?.Revision ?? 0).ConfigureAwait(false);
            if (outcome.IsOk) return config;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    /// <summary>Deletes a webhook; its queue stays as it is.</summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(WebhookName name)
    {
        var found = await GetAsync(name).ConfigureAwait(false);
        return found.IsOk ? await SetAsync(name, null, null).ConfigureAwait(false) : found.Fault;
    }

    public async ValueTask<Outcome<WebhookConfig>> GetAsync(WebhookName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return Find(read.Value, name) is { } found
            ? found
            : new Fault(FaultCode.ResourceNotFound, $"There is no webhook {name.Name}.");
    }

    /// <summary>The webhooks of an account in a region, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<(string Name, WebhookConfig Config)>>> ListAsync(
        string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Find(WebhookName.ScopeOf(account, region)) is { } scope
            ? scope.Items.Select(item => (item.Key, WebhookDocuments.Read(item.Value))).ToArray()
            : Array.Empty<(string, WebhookConfig)>();
    }

    private async ValueTask<Outcome<Done>> SetAsync(WebhookName name, WebhookConfig? config, long? expectedRevision)
    {
        var change = new DefinitionChange
        {
            Scope = name.Scope,
            Item = name.Name,
            Value = config is null ? (ReadOnlyMemory<byte>?)null : WebhookDocuments.Write(config),
            ExpectedRevision = expectedRevision,
        };
        var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
        if (outcome.IsOk) OnChanged?.Invoke(name);
        return outcome;
    }

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
