using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Engine;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Attributes;

/// <summary>The RedrivePolicy attribute: <c>{"deadLetterTargetArn":"arn:...","maxReceiveCount":3}</c>.</summary>
// The count may be a number or a text: the SDKs' own examples write both.
internal static class RedrivePolicyText
{
    private const int ReceiveCountMax = 1000;
    private const string TargetName = "deadLetterTargetArn";
    private const string CountName = "maxReceiveCount";

    public static AwsError? Read(string text, QueueName source, out RedrivePolicy? policy)
    {
        policy = null;
        if (text.Length == 0) return null;
        if (JsonText.ParseObject(text) is not { } json) return Invalid(text, "Redrive policy is not a valid JSON map.");
        foreach (var (name, _) in json)
        {
            if (name is not (TargetName or CountName))
                return Invalid(text, $"Redrive policy contains an unknown attribute: {name}.");
        }

        if (json[TargetName] is not { } target) return Missing(text, TargetName);
        if (json[CountName] is not { } count) return Missing(text, CountName);
        if (JsonText.String(target) is not { } arn || QueueArn.Parse(arn) is not { } queue)
            return Invalid(text, $"Invalid value for {TargetName}.");
        if (queue.Account != source.Account || queue.Region != source.Region)
            return Invalid(text, "Dead-letter target owner and region should be same as the source.");
        var number = JsonText.String(count) ?? count.ToJsonString();
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var receives)
            || receives is < 1 or > ReceiveCountMax)
        {
            return Invalid(text, $"Invalid value for {CountName}: {number}, valid values are from 1 to "
                + $"{ReceiveCountMax} both inclusive.");
        }

        policy = new RedrivePolicy(queue, receives);
        return null;
    }

    public static string Write(RedrivePolicy policy) => new JsonObject
    {
        [TargetName] = QueueArn.Write(policy.DeadLetterQueue),
        [CountName] = policy.ReceiveCountMax,
    }.ToJsonString();

    private static AwsError Missing(string text, string name) =>
        Invalid(text, $"Redrive policy does not contain mandatory attribute: {name}.");

    private static AwsError Invalid(string text, string reason) =>
        AwsErrors.InvalidParameter(AttributeName.RedrivePolicy, text, reason);
}
