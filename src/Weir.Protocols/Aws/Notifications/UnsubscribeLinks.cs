using System.Security.Cryptography;
using System.Text;

namespace Weir.Protocols.Aws.Notifications;

/// <summary>
/// The URL in a notification that ends the subscription. Whoever follows it has no keys to sign with, so it carries a
/// code that nobody makes who was not notified.
/// </summary>
internal sealed class UnsubscribeLinks(Broker.Broker broker)
{
    public const string Action = "Unsubscribe";
    public const string CodeName = "Token";
    public const string ArnName = "SubscriptionArn";

    private const string Purpose = "sns unsubscribe url";
    private const int CodeBytes = 16;

    private byte[]? _key;

    public string Write(string baseUrl, string subscription)
    {
        var url = $"{baseUrl}/?Action={Action}&{ArnName}={subscription}";
        return CodeOf(subscription) is { } code ? $"{url}&{CodeName}={code}" : url;
    }

    public bool IsValid(string subscription, string code) => CodeOf(subscription) is { } right
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(code));

    /// <summary>Null for a server without a key: then only a signature does.</summary>
    private string? CodeOf(string subscription)
    {
        if (_key is null && broker.Secrets.Derive(Purpose) is { IsOk: true } derived) _key = derived.Value;
        if (_key is not { } key) return null;
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(subscription));
        return Convert.ToHexStringLower(hash.AsSpan(0, CodeBytes));
    }
}
