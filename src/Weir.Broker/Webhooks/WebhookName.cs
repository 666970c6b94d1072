using Weir.Engine.Definitions;

namespace Weir.Broker.Webhooks;

/// <summary>What names a webhook. Equality is ordinal and case-sensitive.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Name">1 to 80 of <c>A-Z a-z 0-9 - _</c>.</param>
public sealed record WebhookName(string Account, string Region, string Name)
{
    public const int LengthMax = 80;

    /// <summary>The kind of the scope that holds the webhooks of an account in a region, each under its name.</summary>
    internal const string ScopeKind = "webhooks";

    /// <summary>What the dispatcher knows its route by.</summary>
    public string RouteId => $"webhook:{this}";

    internal ScopeName Scope => ScopeOf(Account, Region);

    public static bool IsName(string text) =>
        text.Length is > 0 and <= LengthMax && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');

    public override string ToString() => $"{Account}/{Region}/{Name}";

    internal static ScopeName ScopeOf(string account, string region) => new(ScopeKind, account, region, "");
}
