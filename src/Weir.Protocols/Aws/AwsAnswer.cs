using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>Sends an operation's answer, or an error in the protocol's form, in one write.</summary>
internal static class AwsAnswer
{
    private const string RequestIdHeader = "x-amzn-RequestId";
    private const string RestErrorHeader = "x-amzn-errortype";
    private const string QueryErrorHeader = "x-amzn-query-error";

    public static async ValueTask SendAsync(HttpContext context, AwsCall call, AwsService service, AwsError? error)
    {
        var response = context.Response;
        if (error is not null)
        {
            call.ReportUnsent();
            call.ClearAnswer();
            call.Answer.Error(service, error, call.RequestId);
            response.StatusCode = error.Status;
            if (error.RetryAfterSeconds is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            if (service.RestName is not null)
                response.Headers[RestErrorHeader] = error.Shape[(error.Shape.LastIndexOf('#') + 1)..];
            if (call.Dialect == WireDialect.Json && service.QueryVersion is not null)
                response.Headers[QueryErrorHeader] = $"{error.QueryCode};{(error.IsSenders ? "Sender" : "Receiver")}";
        }

        var bytes = call.AnswerBytes;
        response.ContentType = call.Answer.ContentType;
        response.ContentLength = bytes.Length;
        response.Headers[RequestIdHeader] = call.RequestId;
        var flushed = await response.BodyWriter.WriteAsync(bytes);
        // Completed means that the connection no longer reads what is written to it.
        if (flushed.IsCompleted) call.ReportUnsent();
    }
}
