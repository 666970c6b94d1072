using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Broker.Buses;
using Weir.Broker.Documents;
using Weir.Engine.Definitions;

namespace Weir.Broker.Pipes;

/// <summary>A pipe's definition on disk, as JSON. Members that a later version adds have a default.</summary>
internal static class PipeDocuments
{
    public static ReadOnlyMemory<byte> Write(PipeConfig pipe) =>
        JsonSerializer.SerializeToUtf8Bytes(pipe, PipeJson.Default.PipeConfig);

    public static PipeConfig Read(Definition definition) => definition.Read(static value => Read(value.Span));

    // The generated reader gives a member that a document lacks the default of its type, not that of the record.
    private static PipeConfig Read(ReadOnlySpan<byte> document)
    {
        var read = JsonSerializer.Deserialize(document, PipeJson.Default.PipeConfig)!;
        return read with
        {
            Filters = read.Filters ?? [],
            BatchSize = read.BatchSize == 0 ? PipeConfig.BatchSizeMax : read.BatchSize,
            Tags = read.Tags ?? TextMap.Empty,
            EnrichmentHttp = read.EnrichmentHttp is { } http
                ? new HttpTargetConfig
                {
                    Path = http.Path ?? [],
                    Headers = http.Headers ?? TextMap.Empty,
                    Query = http.Query ?? TextMap.Empty,
                }
                : null,
        };
    }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(PipeConfig))]
internal sealed partial class PipeJson : JsonSerializerContext;
