namespace Weir.Broker.Tenants;

/// <summary>What is kept of a tenant; its account, twelve digits, names it.</summary>
public sealed record TenantConfig
{
    public const int NameLengthMax = 128;

    /// <summary>For people; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>True: whoever signs for it is refused. What it has stays, and is delivered on.</summary>
    public bool IsSuspended { get; init; }

    public long CreatedUnixMs { get; init; }
}
