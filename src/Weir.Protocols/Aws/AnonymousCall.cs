using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws.Notifications;

namespace Weir.Protocols.Aws;

/// <summary>
/// The two requests that need no signature: a subscriber visits a URL that it was sent, to confirm its subscription or
/// to end it, and the token in it is all the proof there is.
/// </summary>
internal static class AnonymousCall
{
    /// <summary>Whom the request acts for: the topic's account; null when it is any other request.</summary>
    /// <param name="links">Tells the URLs that subscribers were sent from others.</param>
    public static AwsIdentity? Find(HttpRequest request, UnsubscribeLinks links)
    {
        if (!HttpMethods.IsGet(request.Method)) return null;
        var topic = request.Query["Action"].ToString() switch
        {
            "ConfirmSubscription" => TopicArn.Parse(request.Query["TopicArn"].ToString()),
            UnsubscribeLinks.Action => FindUnsubscribed(request.Query, links),
            _ => null,
        };
        return topic is null ? null : new AwsIdentity(topic.Account, topic.Region, "");
    }

    private static Broker.Topics.TopicName? FindUnsubscribed(IQueryCollection query, UnsubscribeLinks links)
    {
        var arn = query[UnsubscribeLinks.ArnName].ToString();
        return links.IsValid(arn, query[UnsubscribeLinks.CodeName].ToString())
            ? TopicArn.ParseSubscription(arn)?.Topic
            : null;
    }
}
