using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs;

/// <summary>The addresses of queues: <c>http://host:port/account/name</c>.</summary>
internal static class QueueUrl
{
    /// <summary>The queue that a request is for, or null with the fault noted in the call.</summary>
    public static QueueName? Read(AwsCall call)
    {
        var url = call.Input[SqsMembers.QueueUrl].Text();
        if (call.Fault is not null) return null;
        if (string.IsNullOrEmpty(url))
        {
            // The Query protocol's older form: the request is sent to the queue's own URL.
            url = call.Request.Path.Value;
            if (url is null or "" or "/")
            {
                call.Refuse(AwsErrors.MissingParameter(SqsMembers.QueueUrl.Name));
                return null;
            }
        }

        if (!TryParse(url, out var account, out var name))
        {
            call.Refuse(SqsErrors.InvalidAddress(url));
            return null;
        }

        if (account.IsEmpty || account.SequenceEqual(call.Identity.Account))
            return new QueueName(call.Identity.Account, call.Identity.Region, name.ToString());
        if (call.GrantedArn is { } granted)
        {
            var queue = new QueueName(account.ToString(), call.Identity.Region, name.ToString());
            if (QueueArn.Write(queue) == granted) return queue;
        }

        call.Refuse(AwsErrors.AccessDenied(url));
        return null;
    }

    /// <summary>The queue that a request names, whosever it is; null when it names none.</summary>
    public static QueueName? Find(AwsCall call)
    {
        var url = call.Input[SqsMembers.QueueUrl].Text();
        if (string.IsNullOrEmpty(url)) url = call.Request.Path.Value ?? "";
        return TryParse(url, out var account, out var name)
            ? new QueueName(
                account.IsEmpty ? call.Identity.Account : account.ToString(), call.Identity.Region, name.ToString())
            : null;
    }

    public static string Write(AwsCall call, QueueName name) => $"{call.BaseUrl}/{name.Account}/{name.Name}";

    // Whatever host the client knows Weir by, and whatever stands before them in the path, the last two segments count.
    // A bare name is taken too: SQS does, and command lines make use of it.
    private static bool TryParse(
        ReadOnlySpan<char> url, out ReadOnlySpan<char> account, out ReadOnlySpan<char> name)
    {
        account = default;
        var slash = url.LastIndexOf('/');
        name = url[(slash + 1)..];
        if (!QueueNameText.IsValid(name)) return false;
        if (slash < 0) return true;
        var path = url[..slash];
        account = path[(path.LastIndexOf('/') + 1)..];
        return AccessKey.IsAccount(account);
    }
}
