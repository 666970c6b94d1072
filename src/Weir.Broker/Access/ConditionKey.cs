using System.Collections.Frozen;
using System.Globalization;

namespace Weir.Broker.Access;

/// <summary>What kind of value a key has, which says what operators go with it beside those of texts.</summary>
internal enum ConditionKind
{
    Text,
    Arn,
    Address,
    Flag,
    Time,

    /// <summary>A time that is a number too.</summary>
    Epoch,
}

/// <summary>A key that conditions may ask for.</summary>
/// <param name="Read">Null: the request has no such thing.</param>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
internal sealed record ConditionKey(string Name, ConditionKind Kind, Func<AccessRequest, string?> Read)
{
    private static readonly FrozenDictionary<string, ConditionKey> All = new ConditionKey[]
    {
        new("aws:SourceArn", ConditionKind.Arn, request => request.SourceArn),
        new("aws:SourceAccount", ConditionKind.Text, request => request.SourceAccount),
        // The older name of whose account it is; topics have it in the policy that they begin with.
        new("aws:SourceOwner", ConditionKind.Text, request => request.SourceAccount ?? request.Caller.Account),
        new("aws:PrincipalArn", ConditionKind.Arn, request => request.Caller.Arn),
        new("aws:PrincipalAccount", ConditionKind.Text, request => request.Caller.Account),
        new("aws:PrincipalIsAWSService", ConditionKind.Flag, request => Flag(request.Caller.Service is not null)),
        new("aws:PrincipalServiceName", ConditionKind.Text, request => request.Caller.Service),
        new("aws:username", ConditionKind.Text, request => request.Caller.User),
        new("aws:ResourceAccount", ConditionKind.Text, request => request.Owner),
        new("aws:SourceIp", ConditionKind.Address, request => request.SourceIp?.ToString()),
        new("aws:SecureTransport", ConditionKind.Flag, request => Flag(request.IsSecure)),
        new("aws:CurrentTime", ConditionKind.Time, request =>
            request.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        new("aws:EpochTime", ConditionKind.Epoch, request =>
            request.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        Own("sns:Protocol"), Own("sns:Endpoint"), Own("events:source"), Own("events:detail-type"),
    }.ToFrozenDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of keys are of any case.</summary>
    public static ConditionKey? Find(string name) => All.GetValueOrDefault(name);

    private static ConditionKey Own(string name) =>
        new(name, ConditionKind.Text, request => request.Keys.GetValueOrDefault(name));

    private static string? Flag(bool? value) => value is { } known ? known ? "true" : "false" : null;
}
