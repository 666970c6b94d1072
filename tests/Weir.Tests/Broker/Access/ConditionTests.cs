using Weir.Broker.Access;
using Xunit;

namespace Weir.Tests.Broker.Access;

/// <summary>
/// When conditions hold, each line one decision on what account 2 or a service asks of a queue of account 1. The time
/// is noon of 1 June 2026, UTC, which is 1780315200.
/// </summary>
public sealed class ConditionTests
{
    private const string Sns = "sns.amazonaws.com sqs:SendMessage orders from=arn:aws:sns:us-east-1:222222222222:news";
    private const string Send = "2/ann sqs:SendMessage orders ";

    [Theory]
    [InlineData("{'StringEquals':{'aws:SourceAccount':'222222222222'}}", Sns + " of=2", true)]
    [InlineData("{'StringEquals':{'aws:SourceAccount':'222222222222'}}", Sns + " of=3", false)]
    [InlineData("{'StringEquals':{'aws:SourceAccount':'222222222222'}}", Sns, false)]
    [InlineData("{'StringEquals':{'aws:SourceAccount':['333333333333','222222222222']}}", Sns + " of=2", true)]
    [InlineData("{'StringEquals':{'AWS:sourceaccount':'222222222222'}}", Sns + " of=2", true)]
    [InlineData("{'StringEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:222222222222:news'}}", Sns, true)]
    [InlineData("{'StringEquals':{'aws:SourceArn':'arn:aws:sns:*:222222222222:news'}}", Sns, false)]
    [InlineData("{'StringNotEquals':{'aws:SourceAccount':'222222222222'}}", Sns + " of=2", false)]
    [InlineData("{'StringNotEquals':{'aws:SourceAccount':'222222222222'}}", Sns + " of=3", true)]
    [InlineData("{'StringNotEquals':{'aws:SourceAccount':'222222222222'}}", Sns, true)]
    [InlineData("{'StringNotEquals':{'aws:SourceAccount':['333333333333','222222222222']}}", Sns + " of=3", false)]
    [InlineData("{'StringEquals':{'aws:username':'ann'}}", Send, true)]
    [InlineData("{'StringEquals':{'aws:username':'Ann'}}", Send, false)]
    [InlineData("{'StringEqualsIgnoreCase':{'aws:username':'Ann'}}", Send, true)]
    [InlineData("{'StringEqualsIgnoreCase':{'aws:username':'Anna'}}", Send, false)]
    [InlineData("{'StringNotEqualsIgnoreCase':{'aws:username':'Ann'}}", Send, false)]
    [InlineData("{'StringNotEqualsIgnoreCase':{'aws:username':'bob'}}", Send, true)]
    [InlineData("{'StringLike':{'aws:SourceArn':'arn:aws:sns:*:222222222222:*'}}", Sns, true)]
    [InlineData("{'StringLike':{'aws:SourceArn':'arn:aws:sns:*'}}", Sns, true)]
    [InlineData("{'StringLike':{'aws:SourceArn':'*:New?'}}", Sns, false)]
    [InlineData("{'StringLike':{'aws:SourceArn':'*:new?'}}", Sns, true)]
    [InlineData("{'StringNotLike':{'aws:SourceArn':'*:new?'}}", Sns, false)]
    [InlineData("{'StringNotLike':{'aws:SourceArn':'*:old?'}}", Sns, true)]
    [InlineData("{'StringEquals':{'aws:PrincipalAccount':'222222222222'}}", Send, true)]
    [InlineData("{'StringEquals':{'aws:PrincipalAccount':'222222222222'}}", Sns, false)]
    [InlineData("{'StringEquals':{'aws:SourceOwner':'222222222222'}}", Send, true)]
    [InlineData("{'StringEquals':{'aws:SourceOwner':'222222222222'}}", "3 sqs:SendMessage orders", false)]
    [InlineData("{'StringEquals':{'aws:ResourceAccount':'111111111111'}}", Send, true)]
    [InlineData("{'StringEquals':{'aws:PrincipalServiceName':'sns.amazonaws.com'}}", Sns, true)]
    public void Texts_are_compared(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:222222222222:news'}}", Sns, true)]
    [InlineData("{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:222222222222:olds'}}", Sns, false)]
    [InlineData("{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:*:222222222222:*'}}", Sns, true)]
    [InlineData("{'ArnLike':{'aws:SourceArn':'arn:*:sns:*:*:n*'}}", Sns, true)]
    [InlineData("{'ArnLike':{'aws:SourceArn':'arn:aws:s*:*:33333*:n*'}}", Sns, false)]
    [InlineData("{'ArnLike':{'aws:SourceArn':'*'}}", Sns, true)]
    [InlineData("{'ArnLike':{'aws:SourceArn':'*'}}", "sns.amazonaws.com sqs:SendMessage orders", false)]
    [InlineData("{'ArnLike':{'aws:SourceArn':'arn:aws:sns:us-*:222222222222:NEWS'}}", Sns, false)]
    [InlineData("{'ArnNotEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:222222222222:news'}}", Sns, false)]
    [InlineData("{'ArnNotEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:222222222222:olds'}}", Sns, true)]
    [InlineData("{'ArnNotLike':{'aws:SourceArn':'arn:aws:sns:*:*:*'}}", Sns, false)]
    [InlineData("{'ArnNotLike':{'aws:SourceArn':'arn:aws:sns:*:*:*'}}", Send, true)]
    [InlineData("{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::222222222222:user/ann'}}", Send, true)]
    [InlineData("{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::222222222222:user/a*'}}", Send, true)]
    [InlineData("{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::222222222222:root'}}", Send, false)]
    [InlineData("{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::222222222222:root'}}",
        "2 sqs:SendMessage orders", true)]
    public void Arns_are_compared_part_by_part(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=10.1.2.3", true)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=11.1.2.3", false)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=::ffff:10.1.2.3", true)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=::1", false)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send, false)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.1/8'}}", Send + "ip=10.1.2.3", true)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.1.2.3'}}", Send + "ip=10.1.2.3", true)]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.1.2.3'}}", Send + "ip=10.1.2.4", false)]
    [InlineData("{'IpAddress':{'aws:SourceIp':['192.0.2.0/24','2001:db8::/32']}}", Send + "ip=2001:db8::7", true)]
    [InlineData("{'IpAddress':{'aws:SourceIp':['192.0.2.0/24','2001:db8::/32']}}", Send + "ip=2001:db9::7", false)]
    [InlineData("{'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=10.1.2.3", false)]
    [InlineData("{'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=11.1.2.3", true)]
    [InlineData("{'NotIpAddress':{'aws:SourceIp':['10.0.0.0/8','11.0.0.0/8']}}", Send + "ip=11.1.2.3", false)]
    [InlineData("{'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", Send, true)]
    public void Addresses_are_looked_for_in_networks(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'Bool':{'aws:SecureTransport':'true'}}", Send + "tls=true", true)]
    [InlineData("{'Bool':{'aws:SecureTransport':'true'}}", Send + "tls=false", false)]
    [InlineData("{'Bool':{'aws:SecureTransport':true}}", Send + "tls=true", true)]
    [InlineData("{'Bool':{'aws:SecureTransport':'False'}}", Send + "tls=false", true)]
    [InlineData("{'Bool':{'aws:SecureTransport':'false'}}", Send, false)]
    [InlineData("{'BoolIfExists':{'aws:SecureTransport':'false'}}", Send, true)]
    [InlineData("{'Bool':{'aws:PrincipalIsAWSService':'true'}}", Sns, true)]
    [InlineData("{'Bool':{'aws:PrincipalIsAWSService':'true'}}", Send, false)]
    public void Flags_are_compared(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'DateGreaterThan':{'aws:CurrentTime':'2026-06-01T11:59:59Z'}}", Send, true)]
    [InlineData("{'DateGreaterThan':{'aws:CurrentTime':'2026-06-01T12:00:00Z'}}", Send, false)]
    [InlineData("{'DateGreaterThanEquals':{'aws:CurrentTime':'2026-06-01T12:00:00Z'}}", Send, true)]
    [InlineData("{'DateLessThan':{'aws:CurrentTime':'2026-06-01T14:00:01+02:00'}}", Send, true)]
    [InlineData("{'DateLessThan':{'aws:CurrentTime':'2026-06-01'}}", Send, false)]
    [InlineData("{'DateLessThanEquals':{'aws:CurrentTime':'2026-06-01T12:00Z'}}", Send, true)]
    [InlineData("{'DateEquals':{'aws:CurrentTime':'2026-06-01T12:00:00Z'}}", Send, true)]
    [InlineData("{'DateNotEquals':{'aws:CurrentTime':'2026-06-01T12:00:00Z'}}", Send, false)]
    [InlineData("{'DateLessThan':{'aws:EpochTime':'1780315201'}}", Send, true)]
    [InlineData("{'NumericLessThan':{'aws:EpochTime':1780315201}}", Send, true)]
    [InlineData("{'NumericLessThanEquals':{'aws:EpochTime':'1780315199'}}", Send, false)]
    [InlineData("{'NumericGreaterThan':{'aws:EpochTime':'1780315199'}}", Send, true)]
    [InlineData("{'NumericGreaterThanEquals':{'aws:EpochTime':'1780315201'}}", Send, false)]
    [InlineData("{'NumericEquals':{'aws:EpochTime':'1780315200'}}", Send, true)]
    [InlineData("{'NumericNotEquals':{'aws:EpochTime':'1780315200'}}", Send, false)]
    public void Times_are_compared(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'Null':{'aws:SourceArn':'true'}}", Send, true)]
    [InlineData("{'Null':{'aws:SourceArn':'true'}}", Sns, false)]
    [InlineData("{'Null':{'aws:SourceArn':'false'}}", Sns, true)]
    [InlineData("{'Null':{'aws:SourceArn':false}}", Send, false)]
    [InlineData("{'StringEqualsIfExists':{'aws:SourceAccount':'222222222222'}}", Sns, true)]
    [InlineData("{'StringEqualsIfExists':{'aws:SourceAccount':'222222222222'}}", Sns + " of=3", false)]
    [InlineData("{'ArnLikeIfExists':{'aws:SourceArn':'arn:aws:sns:*:333333333333:*'}}", Send, true)]
    [InlineData("{'IpAddressIfExists':{'aws:SourceIp':'10.0.0.0/8'}}", Send + "ip=11.0.0.1", false)]
    public void A_key_may_be_missing(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'StringEquals':{'sns:Protocol':'https'}}", Send + "sns:Protocol=https", true)]
    [InlineData("{'StringEquals':{'sns:Protocol':'https'}}", Send + "sns:Protocol=sqs", false)]
    [InlineData("{'StringEquals':{'SNS:protocol':'https'}}", Send + "sns:Protocol=https", true)]
    [InlineData("{'StringLike':{'sns:Endpoint':'https://*.example.com/*'}}",
        Send + "sns:Endpoint=https://a.example.com/b", true)]
    [InlineData("{'StringLike':{'sns:Endpoint':'https://*.example.com/*'}}",
        Send + "sns:Endpoint=https://example.net/b", false)]
    [InlineData("{'ArnEquals':{'sns:Endpoint':'arn:aws:sqs:*:222222222222:*'}}",
        Send + "sns:Endpoint=arn:aws:sqs:us-east-1:222222222222:in", true)]
    [InlineData("{'StringEquals':{'events:source':'shop'}}", Send + "events:source=shop", true)]
    [InlineData("{'StringEquals':{'events:detail-type':'sold'}}", Send + "events:detail-type=lost", false)]
    public void Services_have_keys_of_their_own(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    [Theory]
    [InlineData("{'StringEquals':{'aws:username':'ann','aws:PrincipalAccount':'222222222222'}}", Send, true)]
    [InlineData("{'StringEquals':{'aws:username':'ann','aws:PrincipalAccount':'333333333333'}}", Send, false)]
    [InlineData("{'StringEquals':{'aws:username':'ann'},'Bool':{'aws:SecureTransport':'true'}}",
        Send + "tls=true", true)]
    [InlineData("{'StringEquals':{'aws:username':'ann'},'Bool':{'aws:SecureTransport':'true'}}",
        Send + "tls=false", false)]
    [InlineData("{}", Send, true)]
    public void All_of_several_must_hold(string condition, string line, bool holds) =>
        Check(condition, line, holds);

    /// <summary>An allow counts when the condition holds, and so does a deny.</summary>
    private static void Check(string condition, string line, bool holds)
    {
        var allow = AccessTable.Policy(AccessTable.When(condition));
        var deny = AccessTable.Policy(AccessTable.When("{}") + ","
            + AccessTable.When(condition).Replace("Allow", "Deny", StringComparison.Ordinal));

        Assert.Equal(holds ? Verdict.Allow : Verdict.ImplicitDeny, Decide(allow, line));
        Assert.Equal(holds ? Verdict.ExplicitDeny : Verdict.Allow, Decide(deny, line));
    }

    private static Verdict Decide(Policy policy, string line) =>
        Decision.Of(AccessTable.Request(line), [], policy).Verdict;
}
