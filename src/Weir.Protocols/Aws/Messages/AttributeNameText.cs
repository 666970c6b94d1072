using System.Buffers;

namespace Weir.Protocols.Aws.Messages;

/// <summary>The rules for the names of message attributes.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
internal static class AttributeNameText
{
    private const int LengthMax = 256;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    public static AwsError? Check(string name)
    {
        if (name.Length == 0) return AwsErrors.InvalidParameter("A message attribute must have a name.");
        if (name.Length > LengthMax)
            return Wrong(name, $"it is longer than {LengthMax} characters.");
        if (name.AsSpan().ContainsAnyExcept(Allowed))
            return Wrong(name, "it can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
        if (name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal))
            return Wrong(name, "a period can be neither first nor last, nor follow another.");
        return name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase)
            ? Wrong(name, "the prefixes AWS. and Amazon. are reserved.")
            : null;
    }

    private static AwsError Wrong(string name, string reason) =>
        AwsErrors.InvalidParameter($"Message (user) attribute name '{name}' is invalid: {reason}");
}
