using Weir.Engine;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs;

/// <summary>Writes a page of queues as their URLs, with the token of the next page if there is one.</summary>
internal static class QueuePageWriter
{
    public static void Write(AwsCall call, Member list, QueuePage page)
    {
        call.Answer.BeginList(list);
        foreach (var queue in page.Queues) call.Answer.Item(QueueUrl.Write(call, queue));
        call.Answer.EndList();
        if (page.Next is { } next) call.Answer.Text(SqsMembers.NextToken, PageToken.Write(next));
    }
}
