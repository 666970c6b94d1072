using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws;

/// <summary>
/// The one request that needs no signature: an endpoint confirms its subscription by visiting the URL that it was sent,
/// and the token in it is all the proof there is.
/// </summary>
internal static class AnonymousCall
{
    /// <summary>Whom the request acts for: the topic's account; null when it is any other request.</summary>
    public static AwsIdentity? Find(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Query["Action"] != "ConfirmSubscription") return null;
        return TopicArn.Parse(request.Query["TopicArn"].ToString()) is { } topic
            ? new AwsIdentity(topic.Account, topic.Region, "")
            : null;
    }
}
