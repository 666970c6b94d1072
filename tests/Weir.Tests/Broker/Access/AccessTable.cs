using System.Net;
using Weir.Broker.Access;
using Xunit;

namespace Weir.Tests.Broker.Access;

/// <summary>
/// Decisions as lines of a table: who does what to which resource, with what else conditions may ask for. The resources
/// are of account 111111111111, for short 1; another account is 2.
/// </summary>
internal static class AccessTable
{
    public const string Queue = "arn:aws:sqs:us-east-1:111111111111:orders";

    public static readonly PolicyScope Resource = new()
    {
        Services = ["sqs", "sns", "events"], BytesMax = 8_192, StatementsMax = 20, IsOfResource = true,
    };

    public static Policy Policy(string statements, PolicyScope? scope = null)
    {
        var json = $$"""{"Version":"2012-10-17","Statement":[{{statements.Replace('\'', '"')}}]}""";
        var parsed = Weir.Broker.Access.Policy.Parse(json, scope ?? Resource);
        Assert.True(parsed.IsOk, parsed.Fault?.Message);
        return parsed.Value;
    }

    /// <summary>A statement that allows the sending of messages to the queue when the condition holds.</summary>
    public static string When(string condition) =>
        $"{{'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage','Resource':'{Queue}','Condition':{condition}}}";

    /// <param name="line">
    /// For example <c>2/ann sqs:SendMessage orders ip=10.0.0.1</c>: a caller (account and perhaps user, a service, or
    /// nobody), an action, a queue or an ARN, and what else there is.
    /// </param>
    public static AccessRequest Request(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var request = new AccessRequest
        {
            Caller = Caller(parts[0]),
            Action = parts[1],
            Resource = parts[2].StartsWith("arn:", StringComparison.Ordinal)
                ? parts[2]
                : $"arn:aws:sqs:us-east-1:111111111111:{parts[2]}",
            Owner = "111111111111",
            Now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
        };
        foreach (var part in parts.Skip(3))
        {
            var value = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            request = part.Split('=')[0] switch
            {
                "ip" => request with { SourceIp = IPAddress.Parse(value) },
                "tls" => request with { IsSecure = bool.Parse(value) },
                "from" => request with { SourceArn = value },
                "of" => request with { SourceAccount = Account(value) },
                var key => request with { Keys = new Dictionary<string, string>(request.Keys) { [key] = value } },
            };
        }

        return request;
    }

    private static AccessCaller Caller(string text) => text switch
    {
        "nobody" => AccessCaller.Anonymous,
        _ when text.EndsWith(".amazonaws.com", StringComparison.Ordinal) => AccessCaller.OfService(text),
        _ when text.Contains('/', StringComparison.Ordinal) =>
            AccessCaller.Of(Account(text.Split('/')[0]), text.Split('/')[1]),
        _ => AccessCaller.Of(Account(text)),
    };

    private static string Account(string digit) => new(digit[0], 12);
}
