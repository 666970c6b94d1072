using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws;

/// <summary>The parts of an ARN, <c>arn:aws:service:region:account:resource</c>, that say where something is.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
internal readonly record struct Arn(string Region, string Account, string Resource)
{
    private const int PartsCount = 6;
    private const int ServicePart = 2;

    /// <summary>Null for what is no ARN of a resource of that service in an account and region.</summary>
    public static Arn? Parse(string text, string service)
    {
        var parts = text.Split(':', PartsCount);
        return parts.Length == PartsCount && IsArn(parts) && parts[ServicePart] == service && parts[3].Length > 0
            && AccessKey.IsAccount(parts[4])
            ? new Arn(parts[3], parts[4], parts[5])
            : null;
    }

    /// <summary>The service that an ARN is of; empty when it is no ARN.</summary>
    public static string ServiceOf(string text)
    {
        var parts = text.Split(':', PartsCount);
        return parts.Length > ServicePart && IsArn(parts) ? parts[ServicePart] : "";
    }

    private static bool IsArn(string[] parts) =>
        parts[0] == "arn" && parts[1].StartsWith("aws", StringComparison.Ordinal);
}
