using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Tests.Server.Telemetry;

/// <summary>A collector on a real socket: keeps what is sent by OTLP as http/protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, byte[] Body)> Arrived { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receiver.Arrived.Enqueue((context.Request.Path, body.ToArray()));
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What lies in all requests to a path: ResourceX, ScopeX, then X itself (fields 1 and 2).</summary>
    // https://github.com/open-telemetry/opentelemetry-proto
    public IEnumerable<ProtobufFields> Items(string path) =>
        from arrived in Arrived
        where arrived.Path == path
        from resource in new ProtobufFields(arrived.Body).All(1)
        from scope in resource.All(2)
        from item in scope.All(2)
        select item;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

/// <summary>The fields of one protobuf message, as they lie on the wire.</summary>
// https://protobuf.dev/programming-guides/encoding/
internal sealed class ProtobufFields
{
    private readonly List<(int Number, byte[] Bytes)> _fields = [];

    public ProtobufFields(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var length = (key & 7) switch
            {
                0 => -1,
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var type => throw new InvalidDataException($"wire type {type}"),
            };
            if (length < 0)
            {
                _fields.Add(((int)(key >> 3), BitConverter.GetBytes(Varint(ref bytes))));
                continue;
            }

            _fields.Add(((int)(key >> 3), bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    public IEnumerable<ProtobufFields> All(int number) =>
        _fields.Where(field => field.Number == number).Select(field => new ProtobufFields(field.Bytes));

    public byte[] Bytes(int number) => _fields.LastOrDefault(field => field.Number == number).Bytes ?? [];

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public long Fixed64(int number) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(number));

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}
