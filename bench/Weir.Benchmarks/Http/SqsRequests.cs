using System.Text;
using System.Text.Json;

namespace Weir.Benchmarks.Http;

/// <summary>
/// Whole requests as an AWS SDK sends them, headers and all: the echo and Weir get the same bytes. The signature is of
/// the right form only, since neither has keys.
/// </summary>
internal sealed class SqsRequests(int port)
{
    public const int BodyBytes = 1024;

    private const string SignedHeaders = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;"
        + "user-agent;x-amz-content-sha256;x-amz-date;x-amz-target;x-amzn-query-mode";

    private const string Authorization = "AWS4-HMAC-SHA256 "
        + "Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sqs/aws4_request, "
        + $"SignedHeaders={SignedHeaders}, "
        + "Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024";

    private const string UserAgent = "aws-sdk-dotnet-coreclr/4.0.100.25 ua/2.1 os/linux md/ARCH#X64 "
        + "lang/.NET_Core#10.0 md/aws-sdk-dotnet-core#4.0 api/SQS#4.0.100.25 cfg/retry-mode#standard";

    private static readonly string[] Waiting = ["ApproximateNumberOfMessages"];
    private static readonly string[] SentAt = ["SentTimestamp"];

    /// <summary>The text of every message: 1 KiB that JSON need not escape.</summary>
    public static string BodyText { get; } = string.Concat(Enumerable.Repeat(
        "The river is held back and let through at the rate that the mill can take. ", 14))[..BodyBytes];

    public ReadOnlyMemory<byte> ListQueues() => Request("ListQueues", new { });

    public ReadOnlyMemory<byte> CreateQueue(string name) => Request("CreateQueue", new { QueueName = name });

    public ReadOnlyMemory<byte> DeleteQueue(string name) => Request("DeleteQueue", new { QueueUrl = Url(name) });

    public ReadOnlyMemory<byte> Send(string queue) =>
        Request("SendMessage", new { QueueUrl = Url(queue), MessageBody = BodyText });

    public ReadOnlyMemory<byte> SendBatch(string queue, int messages) => Request("SendMessageBatch", new
    {
        QueueUrl = Url(queue),
        Entries = Enumerable.Range(0, messages).Select(static i => new { Id = $"m{i}", MessageBody = BodyText }),
    });

    public ReadOnlyMemory<byte> Receive(string queue, int messagesMax, int waitSeconds) => Request("ReceiveMessage", new
    {
        QueueUrl = Url(queue),
        MaxNumberOfMessages = messagesMax,
        WaitTimeSeconds = waitSeconds,
    });

    public ReadOnlyMemory<byte> CountWaiting(string queue) => Request("GetQueueAttributes", new
    {
        QueueUrl = Url(queue),
        AttributeNames = Waiting,
    });

    /// <summary>Ten messages with the times at which they were sent; they stay away for the rest of the run.</summary>
    public ReadOnlyMemory<byte> ReceiveWithTimes(string queue) => Request("ReceiveMessage", new
    {
        QueueUrl = Url(queue),
        MaxNumberOfMessages = 10,
        VisibilityTimeout = 3_600,
        AttributeNames = SentAt,
    });

    public ReadOnlyMemory<byte> DeleteBatch(string queue, IReadOnlyList<string> receiptHandles) =>
        Request("DeleteMessageBatch", new
        {
            QueueUrl = Url(queue),
            Entries = receiptHandles.Select(static (handle, i) => new { Id = $"m{i}", ReceiptHandle = handle }),
        });

    private string Url(string queue) => $"http://127.0.0.1:{port}/000000000000/{queue}";

    private byte[] Request(string operation, object body)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body);
        var head = $"""
            POST / HTTP/1.1
            Host: 127.0.0.1:{port}
            User-Agent: {UserAgent}
            amz-sdk-invocation-id: 5f5a4f7e-7f0e-4d77-9f43-5ec8a4a6f2a1
            amz-sdk-request: attempt=1; max=3
            X-Amz-Target: AmazonSQS.{operation}
            x-amzn-query-mode: true
            X-Amz-Date: 20260101T000000Z
            X-Amz-Content-SHA256: {new string('a', 64)}
            Authorization: {Authorization}
            Content-Type: application/x-amz-json-1.0
            Content-Length: {json.Length}


            """.ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. json];
    }
}
