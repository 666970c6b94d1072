using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>Serves the certificate that signed notifications name; it is public.</summary>
internal static class CertificateAnswer
{
    public static async Task WriteAsync(HttpContext context, NotificationSigner signer)
    {
        var key = await signer.GetKeyAsync();
        if (!key.IsOk || context.Request.Path.Value != key.Value.Path)
        {
            context.Response.StatusCode = key.IsOk ? StatusCodes.Status404NotFound
                : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "application/x-pem-file";
        await context.Response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(key.Value.CertificatePem));
    }
}
