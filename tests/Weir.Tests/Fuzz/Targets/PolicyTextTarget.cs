using System.Text;
using Weir.Broker.Access;
using Weir.Engine;
using Weir.Protocols.Aws.Access;
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
        """
        {"Statement":[{"Sid":"one","Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"},
        {"Sid":"two","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}]}
        """,
        """
        {"Version":"2012-10-17","Id":"p","Statement":[{"Sid":"one","Effect":"Allow","Principal":{"AWS":["*",
        "111122223333","arn:aws:iam::111122223333:user/ann"],"Service":"sns.amazonaws.com"},"NotAction":["sqs:Send*"],
        "Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:*"},"IpAddress":{"aws:SourceIp":
        ["10.0.0.0/8","::1"]},"BoolIfExists":{"aws:SecureTransport":true},"DateLessThan":{"aws:CurrentTime":
        "2026-06-01T12:00:00Z"},"NumericLessThan":{"aws:EpochTime":7},"Null":{"aws:username":"false"}}}]}
        """,
        """{"Statement":{"Effect":"Deny","NotPrincipal":"*","Action":"*","NotResource":"arn:aws:sqs:*"}}""");

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
        if (!Policy.Parse(text, PolicyScope.Queue).IsOk) return false;
        if (PolicyEditor.Has(text, "added")) return true;
        var statement = PolicyEditor.Grant("added", ["111122223333"], ["sqs:SendMessage"], "*", isBareOne: true);
        var added = PolicyEditor.Set(text, [], statement);
        Require(PolicyEditor.Has(added, "added"), "a label that was added is not there");
        var larger = PolicyScope.Queue with { BytesMax = 1 << 20, StatementsMax = 100 };
        Require(Policy.Parse(added, larger).IsOk, "a policy is not taken with one statement more");
        var removed = PolicyEditor.Remove(added, "added");
        Require(removed is var (rest, _) && !PolicyEditor.Has(rest, "added"), "a label that was removed is there");
        return true;
    }
}
