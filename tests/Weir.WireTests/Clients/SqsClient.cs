using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>
/// SQS as one client sees it. Every call goes through that client's own request building, signing, parsing and
/// checks; only the words around it are shared, so that a behaviour is written once and run through each client.
/// </summary>
public sealed class SqsClient(Connection connection, bool speaksJson, SqsCall call)
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    public Connection Connection => connection;

    public string Account => connection.AccessKey;

    public string Region => connection.Region;

    public bool SpeaksJson => speaksJson;

    public async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(CallLimit);
        return await call(operation, input, limit.Token);
    }

    /// <summary>Calls what must be refused, and checks all that this client shows of the error.</summary>
    public async Task<SqsRefusedException> RefusesAsync(SqsError error, string operation, JsonObject input)
    {
        var text = input.ToJsonString();
        var called = $"{operation} {text[..Math.Min(text.Length, 400)]}";
        try
        {
            var answer = await CallAsync(operation, input);
            throw new InvalidOperationException($"{called} was to be refused, but was answered: {answer}");
        }
        catch (SqsRefusedException refusal)
        {
            var asExpected = refusal.Code == error.Code
                && (refusal.Status is null || refusal.Status == error.Status)
                && (refusal.Shape is null || error.Shape is null || Bare(refusal.Shape) == Bare(error.Shape));
            Assert.True(asExpected, $"{called}\n  was to be refused as {error},\n  but: {refusal.Message}");
            return refusal;
        }
    }

    public string Arn(string queueName) => $"arn:aws:sqs:{Region}:{Account}:{queueName}";

    /// <summary>The ARN of a queue by its URL, which ends in account and name.</summary>
    public string ArnOf(string queueUrl) => Arn(queueUrl[(queueUrl.LastIndexOf('/') + 1)..]);

    // The same shape is QueueDoesNotExistException in .NET and QueueDoesNotExist elsewhere.
    private static string Bare(string shape) => shape.Replace("Exception", "", StringComparison.Ordinal);

    public override string ToString() => connection.Kind;
}
