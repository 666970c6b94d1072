using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws;

/// <summary>What a person sees who opens the endpoint in a browser, rather than an error in XML.</summary>
internal static class AwsHint
{
    private static ReadOnlySpan<byte> Text =>
        "Weir speaks Amazon SQS, SNS and EventBridge here. "u8 +
        "Point an AWS SDK or the AWS CLI at this address (--endpoint-url).\n"u8;

    public static bool IsAskedFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Path.Value is null or "" or "/" && !request.QueryString.HasValue;

    public static async Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = Text.Length;
        Text.CopyTo(response.BodyWriter.GetSpan(Text.Length));
        response.BodyWriter.Advance(Text.Length);
        _ = await response.BodyWriter.FlushAsync();
    }
}
