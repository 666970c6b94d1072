using Weir.Broker.Tenants;

namespace Weir.Protocols.Rest.Admin;

/// <summary>What is done for all tenants, by those who look after them.</summary>
internal abstract class AdminOperation : RestOperation
{
    public const string Root = "/_weir/admin/";

    public static Problem InvalidAccount { get; } = AdminJson.Wrong("A tenant is named by its account, 12 digits.");

    public static Problem InvalidQuotaName { get; } =
        AdminJson.Wrong($"Quotas are named by a tenant's account, 12 digits, or by {QuotaDirectory.Default}.");

    public override bool NeedsAdmin => true;

    protected static bool IsAccount(RestCall call) => AccessKey.IsAccount(call.Name);
}
