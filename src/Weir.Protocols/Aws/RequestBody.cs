using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws;

/// <summary>A request's body where the connection has it, or why there is none. Held until released.</summary>
internal readonly struct RequestBody
{
    private readonly PipeReader? _reader;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> bytes)
    {
        _reader = reader;
        Bytes = bytes;
    }

    private RequestBody(AwsError error) => Error = error;

    public ReadOnlySequence<byte> Bytes { get; }

    public AwsError? Error { get; }

    /// <summary>Reads to the end, or to one byte more than is allowed: more is never held.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int bytesMax)
    {
        if (request.ContentLength is 0) return default;
        if (request.ContentLength > bytesMax) return new RequestBody(AwsErrors.RequestTooLarge(bytesMax));
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync();
                var bytes = result.Buffer;
                if (bytes.Length > bytesMax)
                {
                    reader.AdvanceTo(bytes.End);
                    return new RequestBody(AwsErrors.RequestTooLarge(bytesMax));
                }

                if (result.IsCompleted) return new RequestBody(reader, bytes);
                reader.AdvanceTo(bytes.Start, bytes.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            // Chunks that are none, a body shorter than its length, or one over the server's own limit.
            return new RequestBody(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? AwsErrors.RequestTooLarge(bytesMax)
                : AwsErrors.UnreadableRequest(e.StatusCode, e.Message));
        }
        catch (IOException e) when (e is not ConnectionResetException)
        {
            // A chunk size beyond 64 bits is one that the server has no better exception for.
            return new RequestBody(AwsErrors.UnreadableRequest(StatusCodes.Status400BadRequest, e.Message));
        }
    }

    public void Release() => _reader?.AdvanceTo(Bytes.End);
}
