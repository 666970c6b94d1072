using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Aws;

/// <summary>The tags of a queue: keys of 1 to 128 characters, values of up to 256.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
internal static class TagReader
{
    private const int KeyLengthMax = 128;
    private const int ValueLengthMax = 256;

    public static AwsError? Read(InputItems entries, out Dictionary<string, string> tags)
    {
        tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var key = entry.Name;
            if (entry.Text() is not { } value) return null;
            if (CheckKey(key) is { } error) return error;
            if (value.Length > ValueLengthMax || HasControl(value))
            {
                return AwsErrors.InvalidParameter($"The value of tag {key} must be of at most {ValueLengthMax} "
                    + "characters, none of them a control character.");
            }

            if (!tags.TryAdd(key, value)) return AwsErrors.InvalidParameter($"The tag {key} is there twice.");
        }

        return null;
    }

    public static AwsError? CheckKey(string key)
    {
        if (key.Length is 0 or > KeyLengthMax || HasControl(key))
        {
            return AwsErrors.InvalidParameter(
                $"A tag key must be of 1 to {KeyLengthMax} characters, none of them a control character.");
        }

        return key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
            ? AwsErrors.InvalidParameter($"The tag key {key} begins with aws:, which is reserved.")
            : null;
    }

    private static bool HasControl(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001F');
}
