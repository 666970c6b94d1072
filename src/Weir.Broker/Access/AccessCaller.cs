using Weir.Broker.Tenants;

namespace Weir.Broker.Access;

/// <summary>Who asks: an account, one of its users, a service on behalf of a resource, or nobody in particular.
/// </summary>
public sealed record AccessCaller
{
    private AccessCaller()
    {
    }

    /// <summary>Signs nothing; only what is for everybody is for it.</summary>
    public static AccessCaller Anonymous { get; } = new();

    /// <summary>Twelve digits; null for a service and for nobody.</summary>
    public string? Account { get; private init; }

    /// <summary>Null: the account itself.</summary>
    public string? User { get; private init; }

    /// <summary>For example <c>sns.amazonaws.com</c>; null: no service.</summary>
    public string? Service { get; private init; }

    /// <summary>As <c>aws:PrincipalArn</c> has it; null for a service and for nobody.</summary>
    public string? Arn => Account is null ? null : new AccessKey("", "", Account) { User = User }.Arn;

    public static AccessCaller Of(string account, string? user = null) => new() { Account = account, User = user };

    public static AccessCaller OfService(string service) => new() { Service = service };
}
