using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Engine.Definitions;

namespace Weir.Broker.Endpoints;

/// <summary>Connections and API destinations on disk, as JSON, each under its name in the scope of its kind.</summary>
internal static class EndpointDocuments
{
    public static ReadOnlyMemory<byte> Write(ConnectionConfig connection) =>
        JsonSerializer.SerializeToUtf8Bytes(connection, EndpointJson.Default.ConnectionConfig);

    public static ReadOnlyMemory<byte> Write(ApiDestinationConfig destination) =>
        JsonSerializer.SerializeToUtf8Bytes(destination, EndpointJson.Default.ApiDestinationConfig);

    public static ConnectionConfig Connection(Definition definition) => definition.Read(static value =>
    {
        // The generated reader gives a member that a document lacks the default of its type, not that of the record.
        var read = JsonSerializer.Deserialize(value.Span, EndpointJson.Default.ConnectionConfig)!;
        return read with { TokenParameters = read.TokenParameters ?? [], Parameters = read.Parameters ?? [] };
    });

    public static ApiDestinationConfig Destination(Definition definition) => definition.Read(static value =>
        JsonSerializer.Deserialize(value.Span, EndpointJson.Default.ApiDestinationConfig)!);

    public static ConnectionConfig? FindConnection(DefinitionCatalog definitions, EndpointName name) =>
        definitions.Find(name.Connections, name.Name) is { } found ? Connection(found) : null;

    public static ApiDestinationConfig? FindDestination(DefinitionCatalog definitions, EndpointName name) =>
        definitions.Find(name.Destinations, name.Name) is { } found ? Destination(found) : null;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ConnectionConfig))]
[JsonSerializable(typeof(ApiDestinationConfig))]
internal sealed partial class EndpointJson : JsonSerializerContext;
