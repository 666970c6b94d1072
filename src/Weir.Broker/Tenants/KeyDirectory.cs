using System.Security.Cryptography;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Tenants;

/// <summary>
/// Makes, changes and finds access keys. Secrets are kept encrypted and shown once. There is always a key that can use
/// the admin API, as soon as there is any: without it nobody could make another.
/// </summary>
public sealed class KeyDirectory(Broker broker, KeyRing ring) : IDisposable
{
    /// <summary>Of all tenants together.</summary>
    public const int KeysMax = 10_000;

    public const int IdLengthMax = 128;
    public const int SecretLengthMin = 16;
    public const int SecretLengthMax = 256;

    private const string IdPrefix = "AKIA";
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int IdLength = 20;
    private const int SecretBytes = 30;

    private static readonly Fault FreeAdmin = new(FaultCode.InvalidValue,
        "An admin's key is bound by no policies, since it can make itself any other key.");

    // One change after the other: each must see whether the others left an admin key.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>What a key's secret belongs to.</summary>
    internal static string OwnerOf(string id) => $"key:{id}";

    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
    public static bool IsId(string text) =>
        text.Length is >= 16 and <= IdLengthMax && text.All(one => char.IsAsciiLetterOrDigit(one) || one == '_');

    public static bool IsSecret(string text) =>
        text.Length is >= SecretLengthMin and <= SecretLengthMax && text.All(one => one is > ' ' and <= '~');

    /// <summary>Makes a key, of the caller's id and secret or of new ones.</summary>
    public Task<Outcome<AccessKey>> CreateAsync(
        string account, string? user, bool isAdmin, string? id = null, string? secret = null,
        IReadOnlyList<string>? policies = null) =>
        InTurnAsync<AccessKey>(async () =>
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        if (account != AccessKey.AnyAccount && TenantDirectory.Find(catalog.Value, account) is null)
            return TenantDirectory.Missing(account);
        if (isAdmin && policies?.Count > 0) return FreeAdmin;
        if (ring.IsOpen && !isAdmin)
        {
            return new Fault(FaultCode.InvalidValue,
                "The first key must be an admin's: with it every request has to be signed, the admin's too.");
        }

        if (catalog.Value.Find(TenantDocuments.Keys)?.Items.Count >= KeysMax)
            return new Fault(FaultCode.InFlightLimit, $"There are {KeysMax} access keys; delete some first.");
        var key = new AccessKey(
            id ?? NewId(), secret ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)), account)
        {
            User = user, IsAdmin = isAdmin,
        };
        if (ring.IsConfigured(key.Id)) return Taken(key.Id);
        var box = await broker.Secrets.BindAsync().ConfigureAwait(false);
        if (!box.IsOk) return box.Fault;
        var config = new KeyConfig
        {
            Account = account,
            User = user,
            IsAdmin = isAdmin,
            Policies = policies,
            SealedSecret = box.Value.Seal(key.Secret, OwnerOf(key.Id)),
            CreatedUnixMs = broker.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var outcome = await SetAsync(key.Id, config, 0).ConfigureAwait(false);
        return outcome.IsOk ? key : outcome.Fault.Code == FaultCode.ConfigChanged ? Taken(key.Id) : outcome.Fault;
    });

    /// <summary>Disables a key or lets it count again, or changes what it may do.</summary>
    /// <param name="isDisabled">Null: as it is.</param>
    /// <param name="policies">Null: as they are.</param>
    public Task<Outcome<KeyConfig>> UpdateAsync(
        string id, bool? isDisabled, IReadOnlyList<string>? policies = null) => InTurnAsync<KeyConfig>(async () =>
    {
        var found = await FindAsync(id).ConfigureAwait(false);
        if (!found.IsOk) return found.Fault;
        var (key, revision) = found.Value;
        if (isDisabled == true && IsLastAdmin(id, key)) return LastAdmin(id);
        if (key.IsAdmin && policies?.Count > 0) return FreeAdmin;
        var changed = key with
        {
            IsDisabled = isDisabled ?? key.IsDisabled, Policies = policies ?? key.Policies,
        };
        var outcome = await SetAsync(id, changed, revision).ConfigureAwait(false);
        return outcome.IsOk ? changed : outcome.Fault;
    });

    public Task<Outcome<Done>> DeleteAsync(string id) => InTurnAsync<Done>(async () =>
    {
        var found = await FindAsync(id).ConfigureAwait(false);
        if (!found.IsOk) return found.Fault;
        return IsLastAdmin(id, found.Value.Key)
            ? LastAdmin(id)
            : await SetAsync(id, null, found.Value.Revision).ConfigureAwait(false);
    });

    public async ValueTask<Outcome<KeyConfig>> GetAsync(string id)
    {
        var found = await FindAsync(id).ConfigureAwait(false);
        return found.IsOk ? found.Value.Key : found.Fault;
    }

    /// <summary>In the order of their ids.</summary>
    /// <param name="account">Null: of all tenants.</param>
    public async ValueTask<Outcome<IReadOnlyList<(string Id, KeyConfig Key)>>> ListAsync(string? account)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        return catalog.Value.Find(TenantDocuments.Keys) is { } scope
            ? scope.Items.Select(item => (Id: item.Key, Key: TenantDocuments.ReadKey(item.Value)))
                .Where(item => account is null || item.Key.Account == account).ToArray()
            : Array.Empty<(string, KeyConfig)>();
    }

    public void Dispose() => _one.Dispose();

    private bool IsLastAdmin(string id, KeyConfig key) => key is { IsAdmin: true, IsDisabled: false }
        && !ring.HasAdminBeside(id);

    private async ValueTask<Outcome<(KeyConfig Key, long Revision)>> FindAsync(string id)
    {
        var catalog = await ReadAsync().ConfigureAwait(false);
        if (!catalog.IsOk) return catalog.Fault;
        return catalog.Value.Find(TenantDocuments.Keys, id) is { } found
            ? (TenantDocuments.ReadKey(found), found.Revision)
            : ring.IsConfigured(id)
                ? new Fault(
                    FaultCode.InvalidValue, $"Access key {id} is in the server's configuration: change it there.")
                : new Fault(FaultCode.ResourceNotFound, $"There is no access key {id}.");
    }

    private async Task<Outcome<T>> InTurnAsync<T>(Func<ValueTask<Outcome<T>>> change)
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private static string NewId() => IdPrefix + RandomNumberGenerator.GetString(IdLetters, IdLength - IdPrefix.Length);

    private static Fault Taken(string id) => new(FaultCode.ConfigChanged, $"There is an access key {id} already.");

    private static Fault LastAdmin(string id) => new(FaultCode.InvalidValue,
        $"Access key {id} is the last one that can use the admin API: make another admin key first.");

    private ValueTask<Outcome<Done>> SetAsync(string id, KeyConfig? key, long revision) =>
        broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = TenantDocuments.Keys,
            Item = id,
            Value = key is null ? (ReadOnlyMemory<byte>?)null : TenantDocuments.Write(key),
            ExpectedRevision = revision,
        }]));

    private ValueTask<Outcome<DefinitionCatalog>> ReadAsync() => broker.ReadDefinitionsAsync(AccessKey.AnyAccount);
}
