namespace Weir.Broker.Endpoints;

/// <summary>An answer's body, as far as it was read.</summary>
internal static class BoundedBody
{
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadAsync(
        HttpResponseMessage response, int bytesMax, CancellationToken cancel)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[8 << 10];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false);
            if (count == 0) return (read.ToArray(), true);
            if (read.Length + count > bytesMax) return (read.ToArray(), false);
            await read.WriteAsync(buffer.AsMemory(0, count), cancel).ConfigureAwait(false);
        }
    }
}
