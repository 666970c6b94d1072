using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>
/// One page of a listing. Where the next page starts is a token that clients are not to read: the last key of the page
/// before.
/// </summary>
/// <param name="After">The key that the page starts behind; empty for the first page.</param>
internal readonly record struct ListPage(string After, int ItemsMax)
{
    private const int TokenLengthMax = 2_048;

    /// <param name="token">As a client sent it; null for the first page.</param>
    /// <returns>Null: no listing gave such a token.</returns>
    public static ListPage? Parse(string? token, int itemsMax)
    {
        if (string.IsNullOrEmpty(token)) return new ListPage("", itemsMax);
        if (token.Length > TokenLengthMax) return null;
        var bytes = new byte[token.Length];
        return Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done
            ? new ListPage(Encoding.UTF8.GetString(bytes.AsSpan(0, length)), itemsMax)
            : null;
    }

    public static string Token(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(after));

    /// <param name="items">In the ordinal order of their keys.</param>
    /// <param name="write">Writes an item with what is around it.</param>
    public void Write<T>(
        AnswerWriter answer, Member list, Member nextToken, IEnumerable<T> items, Func<T, string> keyOf,
        Action<T> write)
    {
        var (written, last, hasMore) = (0, "", false);
        answer.BeginList(list);
        foreach (var item in items)
        {
            var key = keyOf(item);
            if (After.Length > 0 && string.CompareOrdinal(key, After) <= 0) continue;
            hasMore = written == ItemsMax;
            if (hasMore) break;
            write(item);
            (last, written) = (key, written + 1);
        }

        answer.EndList();
        if (hasMore) answer.Text(nextToken, Token(last));
    }
}
