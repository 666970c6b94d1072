using Weir.Broker.Access;

namespace Weir.Protocols.Aws.Access;

/// <summary>The scopes of policies with the actions that there are, for policies that are being set.</summary>
internal static class PolicyScopes
{
    /// <summary>Granted by policies of older days; there is no such operation.</summary>
    private const string TopicReceive = "sns:Receive";

    public static IReadOnlyCollection<string> Actions { get; } = [.. AwsEndpoint.Catalog.Permissions, TopicReceive];

    public static PolicyScope Queue { get; } = PolicyScope.Queue with { Actions = Actions };

    public static PolicyScope Topic { get; } = PolicyScope.Topic with { Actions = Actions };

    public static PolicyScope Bus { get; } = PolicyScope.Bus with { Actions = Actions };

    /// <summary>What is wrong with a policy as a whole; null when nothing is.</summary>
    public static string? Check(string text, PolicyScope scope) => Policy.Parse(text, scope).Fault?.Message;
}
