using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sns;

/// <summary>Listings come a hundred at a time; where the next page starts is a token that clients are not to read.
/// </summary>
internal static class Page
{
    private const int ItemsMax = 100;
    private const int TokenLengthMax = 1024;

    /// <summary>The key that the page starts behind, empty for the first page; null with the fault noted.</summary>
    public static string? Read(AwsCall call)
    {
        var token = call.Input[SnsMembers.NextToken].Text();
        if (call.Fault is not null) return null;
        if (string.IsNullOrEmpty(token)) return "";
        var bytes = new byte[TokenLengthMax];
        if (token.Length <= TokenLengthMax
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done)
            return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        call.Refuse(SnsErrors.Invalid("NextToken", "it is no token that a listing gave"));
        return null;
    }

    /// <param name="items">In the ordinal order of their keys.</param>
    public static void Write<T>(
        AwsCall call, Member list, IEnumerable<T> items, string after, Func<T, string> keyOf, Action<T> write)
    {
        var written = 0;
        var (last, hasMore) = ("", false);
        call.Answer.BeginList(list);
        foreach (var item in items)
        {
            var key = keyOf(item);
            if (after.Length > 0 && string.CompareOrdinal(key, after) <= 0) continue;
            hasMore = written == ItemsMax;
            if (hasMore) break;
            call.Answer.BeginItem();
            write(item);
            call.Answer.EndItem();
            (last, written) = (key, written + 1);
        }

        call.Answer.EndList();
        if (hasMore) call.Answer.Text(SnsMembers.NextToken, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last)));
    }
}
