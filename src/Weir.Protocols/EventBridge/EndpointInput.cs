using Weir.Broker.Endpoints;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.EventBridge;

/// <summary>Reads what requests about connections and API destinations share; null with the fault noted.</summary>
internal static class EndpointInput
{
    private const int AddressLengthMax = 2048;

    public static EndpointName? Name(AwsCall call) =>
        EventInput.Rule(call) is { } name
            ? new EndpointName(call.Identity.Account, call.Identity.Region, name)
            : null;

    /// <summary>What is wrong with the address of an endpoint; null when nothing is. Placeholders may be in its path
    /// only: a value must not say who is called.</summary>
    public static AwsError? CheckAddress(Member member, string address) =>
        address.Length <= AddressLengthMax
        && Uri.TryCreate(address.Replace('*', 'x'), UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Host.Length > 0
        && !address[..(address + "/").IndexOf('/', uri.Scheme.Length + 3)].Contains('*', StringComparison.Ordinal)
            ? null
            : EventErrors.Invalid($"{member.Name} must be an address of https or http without a user, with "
                + $"placeholders in its path only, of at most {AddressLengthMax} characters.");

    /// <summary>One of the choices, or null when it is missing or wrong, which is noted.</summary>
    public static string? OneOf(AwsCall call, InputValue input, Member member, params string[] choices)
    {
        if (input[member].Text() is not { } text) return null;
        if (choices.Contains(text)) return text;
        call.Refuse(EventErrors.Constraint(
            text, member.Name, $"Member must satisfy enum value set: [{string.Join(", ", choices)}]"));
        return null;
    }

    /// <summary>Refuses those options that Weir has not.</summary>
    public static AwsError? Unserved(InputValue input, params Member[] members)
    {
        foreach (var member in members)
        {
            if (!input[member].IsAbsent)
                return EventErrors.Unserved(member.Name, "it calls endpoints over its own network, with its own key.");
        }

        return null;
    }
}
