using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Endpoints;

/// <summary>Creates, changes and finds connections and API destinations.</summary>
public sealed class EndpointDirectory(Broker broker)
{
    /// <summary>Connections, and as many API destinations, of an account in a region. Amazon EventBridge's quota.
    /// </summary>
    public const int EndpointsMax = 3_000;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Raised when calls may have to be made otherwise.</summary>
    public event Action? Changed;

    /// <summary>Creates a connection; its secrets are sealed before they are kept.</summary>
    public async ValueTask<Outcome<ConnectionConfig>> CreateAsync(EndpointName name, ConnectionConfig connection)
    {
        var made = connection with { CreatedUnixMs = NowUnixMs, ModifiedUnixMs = NowUnixMs };
        return await EditAsync(name.Connections, name.Name, EndpointDocuments.Connection, present => present is null
            ? new Outcome<ConnectionConfig?>(made)
            : Exists("Connection", name), ToBytesAsync).ConfigureAwait(false);
    }

    /// <summary>Changes a connection depending on what it is.</summary>
    /// <param name="edit">The new one, or why there is none. May be called more than once.</param>
    public ValueTask<Outcome<ConnectionConfig>> ConfigureAsync(
        EndpointName name, Func<ConnectionConfig, Outcome<ConnectionConfig>> edit) =>
        EditAsync(
            name.Connections, name.Name, EndpointDocuments.Connection,
            present => present is null ? NotFound("Connection", name) : edit(present) switch
            {
                { IsOk: true } edited => new Outcome<ConnectionConfig?>(
                    edited.Value with { ModifiedUnixMs = NowUnixMs }),
                var refused => refused.Fault!,
            },
            ToBytesAsync);

    /// <summary>Deletes a connection. API destinations that use it cannot be called any more.</summary>
    /// <returns>What it was.</returns>
    public ValueTask<Outcome<ConnectionConfig>> DeleteConnectionAsync(EndpointName name) =>
        EditAsync(name.Connections, name.Name, EndpointDocuments.Connection, present => present is null
            ? NotFound("Connection", name)
            : new Outcome<ConnectionConfig?>((ConnectionConfig?)null), ToBytesAsync);

    public async ValueTask<Outcome<ConnectionConfig>> GetConnectionAsync(EndpointName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return EndpointDocuments.FindConnection(read.Value, name) is { } found ? found : NotFound("Connection", name);
    }

    /// <summary>In the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<ConnectionConfig>>> ListConnectionsAsync(
        string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        var scope = read.Value.Find(new EndpointName(account, region, "").Connections);
        return scope is null ? [] : scope.Items.Values.Select(EndpointDocuments.Connection).ToArray();
    }

    /// <summary>Creates an API destination; its connection must be there.</summary>
    public async ValueTask<Outcome<ApiDestinationConfig>> CreateAsync(
        EndpointName name, ApiDestinationConfig destination)
    {
        if (await MissingAsync(name, destination).ConfigureAwait(false) is { } fault) return fault;
        var made = destination with { CreatedUnixMs = NowUnixMs, ModifiedUnixMs = NowUnixMs };
        return await EditAsync(name.Destinations, name.Name, EndpointDocuments.Destination, present => present is null
            ? new Outcome<ApiDestinationConfig?>(made)
            : Exists("ApiDestination", name), ToBytesAsync).ConfigureAwait(false);
    }

    /// <summary>Changes an API destination depending on what it is.</summary>
    public async ValueTask<Outcome<ApiDestinationConfig>> ConfigureAsync(
        EndpointName name, Func<ApiDestinationConfig, ApiDestinationConfig> edit)
    {
        var read = await GetDestinationAsync(name).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (await MissingAsync(name, edit(read.Value)).ConfigureAwait(false) is { } fault) return fault;
        return await EditAsync(name.Destinations, name.Name, EndpointDocuments.Destination, present => present is null
            ? NotFound("ApiDestination", name)
            : new Outcome<ApiDestinationConfig?>(edit(present) with { ModifiedUnixMs = NowUnixMs }), ToBytesAsync)
            .ConfigureAwait(false);
    }

    /// <summary>Deletes an API destination. What rules send to it from then on goes to their dead-letter queues.
    /// </summary>
    public ValueTask<Outcome<ApiDestinationConfig>> DeleteDestinationAsync(EndpointName name) =>
        EditAsync(name.Destinations, name.Name, EndpointDocuments.Destination, present => present is null
            ? NotFound("ApiDestination", name)
            : new Outcome<ApiDestinationConfig?>((ApiDestinationConfig?)null), ToBytesAsync);

    public async ValueTask<Outcome<ApiDestinationConfig>> GetDestinationAsync(EndpointName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return EndpointDocuments.FindDestination(read.Value, name) is { } found
            ? found
            : NotFound("ApiDestination", name);
    }

    /// <summary>In the order of their names, each with whether it can be called: its connection is there and
    /// authorized.</summary>
    public async ValueTask<Outcome<IReadOnlyList<(ApiDestinationConfig Destination, bool IsActive)>>>
        ListDestinationsAsync(string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        var at = new EndpointName(account, region, "");
        if (read.Value.Find(at.Destinations) is not { } scope)
            return Array.Empty<(ApiDestinationConfig, bool)>();
        return scope.Items.Values.Select(EndpointDocuments.Destination)
            .Select(found => (found, IsActive(read.Value, at, found))).ToArray();
    }

    /// <summary>Whether an API destination can be called as things are.</summary>
    public bool IsActive(EndpointName name, ApiDestinationConfig destination) =>
        IsActive(broker.Definitions, name, destination);

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static bool IsActive(DefinitionCatalog definitions, EndpointName name, ApiDestinationConfig destination) =>
        EndpointDocuments.FindConnection(definitions, name with { Name = destination.Connection })
            is { IsAuthorized: true } connection && connection.Id == destination.ConnectionId;

    private async ValueTask<Fault?> MissingAsync(EndpointName name, ApiDestinationConfig destination)
    {
        var connection = name with { Name = destination.Connection };
        var read = await GetConnectionAsync(connection).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.Id == destination.ConnectionId ? null : NotFound("Connection", connection);
    }

    private async ValueTask<Outcome<T>> EditAsync<T>(
        ScopeName scope, string item, Func<Definition, T> parse, Func<T?, Outcome<T?>> edit,
        Func<T, ValueTask<Outcome<ReadOnlyMemory<byte>>>> write)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            var definition = read.Value.Find(scope, item);
            var present = definition is null ? null : parse(definition);
            var edited = edit(present);
            if (!edited.IsOk) return edited.Fault;
            if (present is null && read.Value.Find(scope)?.Items.Count >= EndpointsMax)
            {
                return new Fault(FaultCode.InFlightLimit,
                    $"There are {EndpointsMax} of them already; delete some first.");
            }

            ReadOnlyMemory<byte>? value = null;
            if (edited.Value is { } config)
            {
                var written = await write(config).ConfigureAwait(false);
                if (!written.IsOk) return written.Fault;
                value = written.Value;
            }

            var change = new DefinitionChange
            {
                Scope = scope, Item = item, Value = value, ExpectedRevision = definition?.Revision ?? 0,
            };
            var outcome = await broker.ExecuteAsync(new DefineCommand([change])).ConfigureAwait(false);
            if (outcome.IsOk)
            {
                Changed?.Invoke();
                return (edited.Value ?? present)!;
            }

            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    private async ValueTask<Outcome<ReadOnlyMemory<byte>>> ToBytesAsync(ConnectionConfig connection)
    {
        var box = await broker.Secrets.BindAsync().ConfigureAwait(false);
        return box.IsOk ? EndpointDocuments.Write(ConnectionSecrets.Seal(connection, box.Value)) : box.Fault;
    }

    private static ValueTask<Outcome<ReadOnlyMemory<byte>>> ToBytesAsync(ApiDestinationConfig destination) =>
        new(EndpointDocuments.Write(destination));

    private static Fault NotFound(string what, EndpointName name) =>
        new(FaultCode.ResourceNotFound, $"{what} '{name.Name}' does not exist.");

    private static Fault Exists(string what, EndpointName name) =>
        new(FaultCode.QueueExists, $"{what} {name.Name} already exists.");

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
