using System.Text.Json;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a request says of a new access key.</summary>
internal sealed record KeyInput
{
    public string? Tenant { get; init; }

    public string? User { get; init; }

    public bool Admin { get; init; }

    /// <summary>Of the caller's own making, together with its secret; without them Weir makes both.</summary>
    public string? Id { get; init; }

    public string? Secret { get; init; }

    /// <summary>What it may do; without any: all that its account may.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }

    public Problem? Check()
    {
        if (Tenant is null || !AccessKey.IsAccount(Tenant))
            return AdminJson.Wrong("tenant is the tenant's account, 12 digits.");
        if (User is not null && !KeyConfig.IsUser(User))
            return AdminJson.Wrong($"user is 1 to {KeyConfig.UserLengthMax} letters, digits and + = , . @ _ -.");
        if (Id is null != Secret is null) return AdminJson.Wrong("id and secret come together, or neither.");
        if (Id is not null && !KeyDirectory.IsId(Id))
            return AdminJson.Wrong($"id is 16 to {KeyDirectory.IdLengthMax} letters, digits and _.");
        return Secret is not null && !KeyDirectory.IsSecret(Secret)
            ? AdminJson.Wrong($"secret is {KeyDirectory.SecretLengthMin} to {KeyDirectory.SecretLengthMax} printable "
                + "characters without spaces.")
            : KeyPolicies.Check(Policies);
    }
}

/// <summary>What a request says of an access key that is there.</summary>
internal sealed record KeyChange
{
    public bool? Disabled { get; init; }

    /// <summary>In the place of those that it has; none: it may do all that its account may.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }

    public Problem? Check() => Disabled is null && Policies is null
        ? AdminJson.Wrong("There is disabled, which is true or false, or policies, or both.")
        : KeyPolicies.Check(Policies);
}
