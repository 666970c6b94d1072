using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>One page of a listing: at most a hundred, or as many as the request says.</summary>
internal readonly record struct EventPage(ListPage Page)
{
    private const int ItemsMax = 100;

    /// <summary>Null with the fault noted.</summary>
    public static EventPage? Read(AwsCall call)
    {
        var token = call.Input[EventMembers.NextToken].Text();
        var limit = call.Input[EventMembers.Limit].Integer() ?? ItemsMax;
        if (call.Fault is not null) return null;
        if (limit is < 1 or > ItemsMax)
        {
            call.Refuse(EventErrors.Constraint($"{limit}", "limit", $"Member must be between 1 and {ItemsMax}"));
            return null;
        }

        if (ListPage.Parse(token, limit) is { } page) return new EventPage(page);
        call.Refuse(EventErrors.Invalid("The NextToken is no token that a listing gave."));
        return null;
    }

    /// <param name="items">In the ordinal order of their keys.</param>
    /// <param name="write">Writes an item with what is around it.</param>
    public void Write<T>(AwsCall call, Member list, IEnumerable<T> items, Func<T, string> keyOf, Action<T> write) =>
        Page.Write(call.Answer, list, EventMembers.NextToken, items, keyOf, write);
}
