using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Weir.Protocols.Aws;

/// <summary>A request's body where the connection has it, or why there is none. Held until released.</summary>
internal readonly struct RequestBody
{
    /// <summary>Of bodies that share the budget.</summary>
    private const double BytesPerSecondMin = 8 << 10;

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(1);

    private readonly PipeReader? _reader;
    private readonly BodyBudget? _budget;
    private readonly long _taken;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> bytes, BodyBudget budget, long taken)
    {
        (_reader, _budget, _taken) = (reader, budget, taken);
        Bytes = bytes;
    }

    private RequestBody(AwsError error) => Error = error;

    public ReadOnlySequence<byte> Bytes { get; }

    public AwsError? Error { get; }

    /// <summary>Reads to the end, or to one byte more than is allowed: more is never held.</summary>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int bytesMax, BodyBudget budget)
    {
        if (request.ContentLength is 0) return default;
        if (request.ContentLength > bytesMax) return new RequestBody(AwsErrors.RequestTooLarge(bytesMax));
        var taken = request.ContentLength ?? bytesMax;
        if (!budget.TryTake(taken)) return new RequestBody(AwsErrors.TooManyBodies);
        Hurry(request, taken);
        var body = default(RequestBody);
        try
        {
            body = await ReadAsync(request.BodyReader, bytesMax, budget, taken);
            return body;
        }
        finally
        {
            if (body._reader is null) budget.Return(taken);
        }
    }

    /// <summary>
    /// Room that all share is not held by who sends ever so slowly: what is large has to come in about a minute.
    /// </summary>
    private static void Hurry(HttpRequest request, long bytes)
    {
        if (bytes <= BodyBudget.SmallBytes
            || request.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is not { } rate)
            return;
        rate.MinDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(
            Math.Max(BytesPerSecondMin, bytes / TimeMax.TotalSeconds), gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static async ValueTask<RequestBody> ReadAsync(
        PipeReader reader, int bytesMax, BodyBudget budget, long taken)
    {
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

                if (result.IsCompleted) return new RequestBody(reader, bytes, budget, taken);
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

    public void Release()
    {
        if (_reader is null) return;
        _budget!.Return(_taken);
        _reader.AdvanceTo(Bytes.End);
    }
}
