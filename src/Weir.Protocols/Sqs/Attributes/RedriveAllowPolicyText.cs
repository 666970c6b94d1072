using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>
/// The RedriveAllowPolicy attribute: <c>{"redrivePermission":"byQueue","sourceQueueArns":["arn:..."]}</c>.
/// </summary>
internal static class RedriveAllowPolicyText
{
    private const int SourcesMax = 10;
    private const string PermissionName = "redrivePermission";
    private const string SourcesName = "sourceQueueArns";

    public static AwsError? Read(string text, out RedriveAllowPolicy? policy)
    {
        policy = null;
        if (text.Length == 0) return null;
        if (JsonText.ParseObject(text) is not { } json)
            return Invalid(text, "Redrive allow policy is not a valid JSON map.");
        foreach (var (name, _) in json)
        {
            if (name is not (PermissionName or SourcesName))
                return Invalid(text, $"Redrive allow policy contains an unknown attribute: {name}.");
        }

        RedrivePermission? permission = JsonText.String(json[PermissionName]) switch
        {
            "allowAll" => RedrivePermission.AllowAll,
            "denyAll" => RedrivePermission.DenyAll,
            "byQueue" => RedrivePermission.ByQueue,
            _ => null,
        };
        if (permission is not { } granted)
            return Invalid(text, $"{PermissionName} must be allowAll, denyAll or byQueue.");
        if (ReadSources(json[SourcesName]) is not { } sources)
            return Invalid(text, $"{SourcesName} must be a list of queue ARNs.");
        if (granted == RedrivePermission.ByQueue ? sources.Length is 0 or > SourcesMax : sources.Length > 0)
            return Invalid(text, $"{SourcesName} takes 1 to {SourcesMax} ARNs with byQueue, and none otherwise.");
        policy = new RedriveAllowPolicy(granted, sources);
        return null;
    }

    public static string Write(RedriveAllowPolicy policy)
    {
        var json = new JsonObject
        {
            [PermissionName] = policy.Permission switch
            {
                RedrivePermission.AllowAll => "allowAll",
                RedrivePermission.DenyAll => "denyAll",
                _ => "byQueue",
            },
        };
        if (policy.Sources.Length > 0)
        {
            var arns = new JsonArray();
            foreach (var source in policy.Sources) arns.Add(JsonValue.Create(QueueArn.Write(source)));
            json[SourcesName] = arns;
        }

        return json.ToJsonString();
    }

    private static ImmutableArray<QueueName>? ReadSources(JsonNode? node)
    {
        if (node is null) return [];
        if (node is not JsonArray array) return null;
        var sources = ImmutableArray.CreateBuilder<QueueName>();
        foreach (var item in array)
        {
            if (JsonText.String(item) is not { } arn || QueueArn.Parse(arn) is not { } source) return null;
            sources.Add(source);
        }

        return sources.ToImmutable();
    }

    private static AwsError Invalid(string text, string reason) =>
        AwsErrors.InvalidParameter(AttributeName.RedriveAllowPolicy, text, reason);
}
