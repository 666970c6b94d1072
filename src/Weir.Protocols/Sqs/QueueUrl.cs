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

        var (account, name) = Parse(url);
        if (name is null) call.Refuse(SqsErrors.InvalidAddress(url));
        else if (account is not null && account != call.Identity.Account) call.Refuse(AwsErrors.AccessDenied(url));
        return call.Fault is null ? new QueueName(call.Identity.Account, call.Identity.Region, name!) : null;
    }

    public static string Write(AwsCall call, QueueName name) => $"{call.BaseUrl}/{name.Account}/{name.Name}";

    // Whatever host the client knows Weir by, and whatever stands before them in the path, the last two segments count.
    // A bare name is taken too: SQS does, and command lines make use of it.
    private static (string? Account, string? Name) Parse(string url)
    {
        var slash = url.LastIndexOf('/');
        var name = url.AsSpan(slash + 1);
        if (!QueueNameText.IsValid(name)) return default;
        if (slash < 0) return (null, url);
        var path = url.AsSpan(0, slash);
        var account = path[(path.LastIndexOf('/') + 1)..];
        return AccessKey.IsAccount(account) ? (account.ToString(), name.ToString()) : default;
    }
}
