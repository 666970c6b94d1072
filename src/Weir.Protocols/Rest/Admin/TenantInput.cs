using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What a request says of a tenant; what it does not say stays as it is.</summary>
internal sealed record TenantInput
{
    public string? Name { get; init; }

    public bool? Suspended { get; init; }

    public Problem? Check() => Name is { Length: > TenantConfig.NameLengthMax }
        ? AdminJson.Wrong($"name has at most {TenantConfig.NameLengthMax} characters.")
        : null;

    public TenantConfig Apply(TenantConfig? present) => (present ?? new TenantConfig { Name = "" }) with
    {
        Name = Name ?? present?.Name ?? "", IsSuspended = Suspended ?? present?.IsSuspended ?? false,
    };
}
