using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sns;

/// <summary>Listings come a hundred at a time.</summary>
internal static class Page
{
    private const int ItemsMax = 100;

    /// <summary>The key that the page starts behind, empty for the first page; null with the fault noted.</summary>
    public static string? Read(AwsCall call)
    {
        var token = call.Input[SnsMembers.NextToken].Text();
        if (call.Fault is not null) return null;
        if (ListPage.Parse(token, ItemsMax) is { } page) return page.After;
        call.Refuse(SnsErrors.Invalid("NextToken", "it is no token that a listing gave"));
        return null;
    }

    /// <param name="items">In the ordinal order of their keys.</param>
    public static void Write<T>(
        AwsCall call, Member list, IEnumerable<T> items, string after, Func<T, string> keyOf, Action<T> write) =>
        new ListPage(after, ItemsMax).Write(call.Answer, list, SnsMembers.NextToken, items, keyOf, item =>
        {
            call.Answer.BeginItem();
            write(item);
            call.Answer.EndItem();
        });
}
