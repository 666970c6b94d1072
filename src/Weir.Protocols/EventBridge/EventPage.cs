using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>
/// One page of a listing: at most a hundred, or as many as the request says. Where the next page starts is a token that
/// clients are not to read.
/// </summary>
/// <param name="After">The key that the page starts behind; empty for the first page.</param>
internal readonly record struct EventPage(string After, int ItemsMax)
{
    private const int ItemsMaxMax = 100;
    private const int TokenLengthMax = 2048;

    /// <summary>Null with the fault noted.</summary>
    public static EventPage? Read(AwsCall call)
    {
        var token = call.Input[EventMembers.NextToken].Text();
        var limit = call.Input[EventMembers.Limit].Integer() ?? ItemsMaxMax;
        if (call.Fault is not null) return null;
        if (limit is < 1 or > ItemsMaxMax)
        {
            call.Refuse(EventErrors.Constraint($"{limit}", "limit", $"Member must be between 1 and {ItemsMaxMax}"));
            return null;
        }

        if (token is null) return new EventPage("", limit);
        var bytes = new byte[TokenLengthMax];
        if (token.Length is > 0 and <= TokenLengthMax
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done)
            return new EventPage(Encoding.UTF8.GetString(bytes.AsSpan(0, length)), limit);
        call.Refuse(EventErrors.Invalid("The NextToken is no token that a listing gave."));
        return null;
    }

    /// <param name="items">In the ordinal order of their keys.</param>
    /// <param name="write">Writes an item with what is around it.</param>
    public void Write<T>(AwsCall call, Member list, IEnumerable<T> items, Func<T, string> keyOf, Action<T> write)
    {
        var (written, last, hasMore) = (0, "", false);
        call.Answer.BeginList(list);
        foreach (var item in items)
        {
            var key = keyOf(item);
            if (After.Length > 0 && string.CompareOrdinal(key, After) <= 0) continue;
            hasMore = written == ItemsMax;
            if (hasMore) break;
            write(item);
            (last, written) = (key, written + 1);
        }

        call.Answer.EndList();
        if (hasMore) call.Answer.Text(EventMembers.NextToken, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last)));
    }
}
