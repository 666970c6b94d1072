using System.Text.Json;
using Weir.Broker.Access;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws.Access;

namespace Weir.Protocols.Rest.Admin;

/// <summary>The policies that a request gives a key, each a JSON object.</summary>
internal static class KeyPolicies
{
    private static readonly PolicyScope Scope = PolicyScope.Identity with
    {
        Actions =
        [
            .. PolicyScopes.Actions, .. RestRoutes.Operations.Select(operation => operation.Permission),
        ],
    };

    public static Problem? Check(IReadOnlyList<JsonElement>? policies)
    {
        if (policies?.Count > KeyConfig.PoliciesMax)
            return AdminJson.Wrong($"policies has more than {KeyConfig.PoliciesMax} policies.");
        for (var i = 0; i < policies?.Count; i++)
        {
            if (Policy.Parse(policies[i].GetRawText(), Scope).Fault is { } fault)
                return AdminJson.Wrong($"policies[{i}]: {fault.Message}");
        }

        return null;
    }

    public static IReadOnlyList<string>? Texts(IReadOnlyList<JsonElement>? policies) =>
        policies?.Select(policy => policy.GetRawText()).ToArray();
}
