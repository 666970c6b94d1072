using System.Text;
using Weir.Engine;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>The attributes that are JSON. What is taken and written is taken again, and means the same.</summary>
internal sealed class PolicyTextTarget : HostileReader
{
    private static readonly QueueName Source = new("000000000000", "us-east-1", "orders");

    public override string Name => "policy";

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":3}""",
        """{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:us-east-1:000000000000:orders"]}""",
        """{"redrivePermission":"allowAll"}""",
        """{"Version":"2012-10-17","Statement":[{"Sid":"one","Effect":"Allow"},{"Sid":"two"}]}""",
        """{"Statement":{"Sid":"one"}}""");

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "arn:aws:sqs:us-east-1:000000000000:", "\"maxReceiveCount\":", "\"Sid\":\"one\"", "\"Statement\":[", "{}", "[]",
        "\\ud83d\\ude00", "\"denyAll\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "1000", "1001", "3.0", "3e0");

    public override bool Takes(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return TakesRedrive(text) | TakesAllow(text) | TakesPolicy(text);
    }

    private static bool TakesRedrive(string text)
    {
        if (RedrivePolicyText.Read(text, Source, out var policy) is not null || policy is null) return false;
        var error = RedrivePolicyText.Read(RedrivePolicyText.Write(policy), Source, out var again);
        Require(error is null, "a redrive policy is not taken again");
        Require(policy == again, "the redrive policy changed");
        return true;
    }

    private static bool TakesAllow(string text)
    {
        if (RedriveAllowPolicyText.Read(text, out var policy) is not null || policy is null) return false;
        var error = RedriveAllowPolicyText.Read(RedriveAllowPolicyText.Write(policy), out var again);
        Require(error is null, "a redrive allow policy is not taken again");
        Require(policy.Permission == again!.Permission && policy.Sources.SequenceEqual(again.Sources),
            "the redrive allow policy changed");
        return true;
    }

    private static bool TakesPolicy(string text)
    {
        if (!PolicyDocument.IsValid(text) || text.Length == 0) return false;
        if (PolicyDocument.Has(text, "added") || PolicyDocument.IsFull(text)) return true;
        var added = PolicyDocument.Add(text, Source, "added", ["111122223333"], ["SendMessage"]);
        Require(PolicyDocument.Has(added, "added"), "a label that was added is not there");
        var removed = PolicyDocument.Remove(added, "added");
        Require(removed is null || !PolicyDocument.Has(removed, "added"), "a label that was removed is there");
        return true;
    }
}
