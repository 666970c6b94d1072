using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs;

/// <summary>Where a listing goes on: the last name of the page before, which clients are not to read.</summary>
internal static class PageToken
{
    private const int ResultsMax = 1000;

    public static string Write(string after) => ListPage.Token(after);

    /// <summary>The page that a call asks for; a fault is noted in the call.</summary>
    public static (string? After, int Max) Read(AwsCall call)
    {
        var max = call.Input[SqsMembers.MaxResults].Integer();
        if (max is < 1 or > ResultsMax)
        {
            call.Refuse(AwsErrors.InvalidParameter(
                SqsMembers.MaxResults.Name, max, $"MaxResults must be an integer between 1 and {ResultsMax}."));
        }

        var token = call.Input[SqsMembers.NextToken].Text();
        return (string.IsNullOrEmpty(token) ? null : ReadToken(call, token), max ?? ResultsMax);
    }

    private static string? ReadToken(AwsCall call, string token)
    {
        if (ListPage.Parse(token, ResultsMax) is { After: var after } && QueueNameText.IsValid(after)) return after;
        call.Refuse(AwsErrors.InvalidParameter("Invalid or expired next token."));
        return null;
    }
}
