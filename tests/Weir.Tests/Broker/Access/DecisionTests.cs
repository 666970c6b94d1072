using Weir.Broker.Access;
using Xunit;

namespace Weir.Tests.Broker.Access;

/// <summary>Who may do what, by which policy. Each line is one decision.</summary>
public sealed class DecisionTests
{
    private const string Allow = "Allow";
    private const string Deny = "ExplicitDeny";
    private const string None = "ImplicitDeny";

    private const string Send = "'Action':'sqs:SendMessage','Resource':'" + AccessTable.Queue + "'";

    [Theory]
    // The owner needs no policy; others have nothing without one.
    [InlineData("", "1 sqs:SendMessage orders", Allow)]
    [InlineData("", "1/ann sqs:SendMessage orders", Allow)]
    [InlineData("", "1 sqs:DeleteQueue orders", Allow)]
    [InlineData("", "2 sqs:SendMessage orders", None)]
    [InlineData("", "2/ann sqs:SendMessage orders", None)]
    [InlineData("", "nobody sqs:SendMessage orders", None)]
    [InlineData("", "sns.amazonaws.com sqs:SendMessage orders", None)]
    // Everybody.
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "1 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "2/ann sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "nobody sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "sns.amazonaws.com sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "2 sqs:ReceiveMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':'*'," + Send, "2 sqs:SendMessage other", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'*'}," + Send, "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'*'}," + Send, "nobody sqs:SendMessage orders", Allow)]
    // An account as a whole, by its digits and by its ARN.
    [InlineData("'Effect':'Allow','Principal':{'AWS':'222222222222'}," + Send, "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'222222222222'}," + Send, "2/a sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'222222222222'}," + Send, "3 sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'222222222222'}," + Send, "nobody sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'222222222222'}," + Send,
        "sns.amazonaws.com sqs:SendMessage orders of=2", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:root'}," + Send,
        "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:root'}," + Send,
        "2/ann sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:root'}," + Send,
        "3/ann sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':['333333333333','222222222222']}," + Send,
        "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':['333333333333','222222222222']}," + Send,
        "3 sqs:SendMessage orders", Allow)]
    // One user.
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:user/ann'}," + Send,
        "2/ann sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:user/ann'}," + Send,
        "2/Ann sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:user/ann'}," + Send,
        "2/bob sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:user/ann'}," + Send,
        "2 sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::222222222222:user/ann'}," + Send,
        "3/ann sqs:SendMessage orders", None)]
    // A service.
    [InlineData("'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'}," + Send,
        "sns.amazonaws.com sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'}," + Send,
        "events.amazonaws.com sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'}," + Send,
        "2 sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','Principal':{'Service':['s3.amazonaws.com','events.amazonaws.com']}," + Send,
        "events.amazonaws.com sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com','AWS':'222222222222'}," + Send,
        "2 sqs:SendMessage orders", Allow)]
    public void A_statement_is_for_those_it_names(string statement, string line, string expected) =>
        Check(statement.Length == 0 ? null : AccessTable.Policy($"{{{statement}}}"), [], line, expected);

    [Theory]
    // All but those named.
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'222222222222'}," + Send, "1 sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'222222222222'}," + Send, "2 sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'222222222222'}," + Send, "2/ann sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::111111111111:user/ann'}," + Send,
        "1/ann sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::111111111111:user/ann'}," + Send,
        "1/bob sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::111111111111:user/ann'}," + Send,
        "nobody sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','NotPrincipal':{'Service':'sns.amazonaws.com'}," + Send,
        "sns.amazonaws.com sqs:SendMessage orders", None)]
    [InlineData("'Effect':'Allow','NotPrincipal':{'AWS':'222222222222'}," + Send, "3 sqs:SendMessage orders", Allow)]
    [InlineData("'Effect':'Allow','NotPrincipal':{'AWS':'222222222222'}," + Send, "2 sqs:SendMessage orders", None)]
    // A deny counts for the owner as for others.
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "1 sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "1 sqs:ReceiveMessage orders", Allow)]
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "2 sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "2 sqs:ReceiveMessage orders", None)]
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "nobody sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':'*'," + Send, "sns.amazonaws.com sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':{'AWS':'111111111111'}," + Send, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':{'AWS':'arn:aws:iam::111111111111:user/ann'}," + Send,
        "1/ann sqs:SendMessage orders", Deny)]
    [InlineData("'Effect':'Deny','Principal':{'AWS':'arn:aws:iam::111111111111:user/ann'}," + Send,
        "1 sqs:SendMessage orders", Allow)]
    public void A_statement_is_for_all_but_those_and_a_deny_for_the_owner_too(
        string statement, string line, string expected) =>
        Check(statement.Length == 0 ? null : AccessTable.Policy($"{{{statement}}}"), [], line, expected);

    [Theory]
    [InlineData("'Action':'sqs:SendMessage'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'SQS:sendmessage'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'sqs:Send*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'sqs:*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'sqs:?endMessage'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Action':'sqs:*Message'", "2 sqs:ReceiveMessage orders", Allow)]
    [InlineData("'Action':'sqs:*Message'", "2 sqs:ChangeMessageVisibility orders", None)]
    [InlineData("'Action':'sqs:Send'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Action':'sns:*'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Action':['sqs:ReceiveMessage','sqs:DeleteMessage']", "2 sqs:DeleteMessage orders", Allow)]
    [InlineData("'Action':['sqs:ReceiveMessage','sqs:DeleteMessage']", "2 sqs:SendMessage orders", None)]
    [InlineData("'NotAction':'sqs:SendMessage'", "2 sqs:SendMessage orders", None)]
    [InlineData("'NotAction':'sqs:SendMessage'", "2 sqs:ReceiveMessage orders", Allow)]
    [InlineData("'NotAction':['sqs:Send*','sqs:Delete*']", "2 sqs:DeleteMessage orders", None)]
    [InlineData("'NotAction':['sqs:Send*','sqs:Delete*']", "2 sqs:PurgeQueue orders", Allow)]
    [InlineData("'NotAction':'*'", "2 sqs:SendMessage orders", None)]
    public void A_statement_is_about_its_actions(string action, string line, string expected) => Check(
        AccessTable.Policy($"{{'Effect':'Allow','Principal':'*',{action},'Resource':'*'}}"), [], line, expected);

    [Theory]
    [InlineData("'Resource':'*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:orders'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:Orders'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Resource':'arn:aws:sqs:eu-west-1:111111111111:orders'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Resource':'arn:aws:sqs:*:111111111111:orders'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:*:*:or*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:order?'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:orders?'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:orders*'", "2 sqs:SendMessage orders", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:*-dead'", "2 sqs:SendMessage orders-dead", Allow)]
    [InlineData("'Resource':'arn:aws:sqs:us-east-1:111111111111:*-dead'", "2 sqs:SendMessage orders", None)]
    [InlineData("'Resource':['arn:aws:sqs:us-east-1:111111111111:a','arn:aws:sqs:us-east-1:111111111111:b']",
        "2 sqs:SendMessage b", Allow)]
    [InlineData("'NotResource':'arn:aws:sqs:us-east-1:111111111111:orders'", "2 sqs:SendMessage orders", None)]
    [InlineData("'NotResource':'arn:aws:sqs:us-east-1:111111111111:orders'", "2 sqs:SendMessage other", Allow)]
    public void A_statement_is_about_its_resources(string resource, string line, string expected) => Check(
        AccessTable.Policy($"{{'Effect':'Allow','Principal':'*','Action':'sqs:*',{resource}}}"), [], line, expected);

    private const string Grant2 =
        "{'Effect':'Allow','Principal':{'AWS':'222222222222'},'Action':'sqs:*','Resource':'*'}";
    private const string Grant1 =
        "{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sqs:*','Resource':'*'}";
    private const string GrantAnn =
        "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:user/ann'},'Action':'sqs:*','Resource':'*'}";
    private const string GrantAll = "{'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'*'}";
    private const string DenySend = "{'Effect':'Deny','Principal':'*','Action':'sqs:SendMessage','Resource':'*'}";

    private const string MaySend = "{'Effect':'Allow','Action':'sqs:SendMessage','Resource':'*'}";
    private const string MayReceive = "{'Effect':'Allow','Action':'sqs:ReceiveMessage','Resource':'*'}";
    private const string MayNotSend = "{'Effect':'Deny','Action':'sqs:SendMessage','Resource':'*'}";

    [Theory]
    // Inside the account one allow is enough.
    [InlineData("", MaySend, "1/ann sqs:SendMessage orders", Allow)]
    [InlineData("", MayReceive, "1/ann sqs:SendMessage orders", None)]
    [InlineData("", MayReceive, "1 sqs:SendMessage orders", None)]
    [InlineData(GrantAnn, MayReceive, "1/ann sqs:SendMessage orders", Allow)]
    [InlineData(GrantAnn, MayReceive, "1/bob sqs:SendMessage orders", None)]
    [InlineData(GrantAll, MayReceive, "1/bob sqs:SendMessage orders", Allow)]
    // What is granted to the account is for the account to hand on, but the account itself has it.
    [InlineData(Grant1, MayReceive, "1/ann sqs:SendMessage orders", None)]
    [InlineData(Grant1, MaySend, "1/ann sqs:SendMessage orders", Allow)]
    [InlineData(Grant1, MayReceive, "1 sqs:SendMessage orders", Allow)]
    [InlineData(Grant1 + "," + GrantAnn, MayReceive, "1/ann sqs:SendMessage orders", Allow)]
    [InlineData(GrantAnn + "," + Grant1, MayReceive, "1/ann sqs:SendMessage orders", Allow)]
    // A deny of either wins.
    [InlineData(GrantAll, MayNotSend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData(GrantAnn, MaySend + "," + MayNotSend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData("", MaySend + "," + MayNotSend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData("", MayNotSend + "," + MaySend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData("", MayNotSend, "1/ann sqs:ReceiveMessage orders", None)]
    [InlineData(DenySend, MaySend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData(DenySend + "," + GrantAll, MaySend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData(GrantAll + "," + DenySend, MaySend, "1/ann sqs:SendMessage orders", Deny)]
    [InlineData(GrantAll + "," + DenySend, MaySend, "1/ann sqs:ReceiveMessage orders", Allow)]
    // Between accounts both must allow.
    [InlineData(Grant2, MaySend, "2/ann sqs:SendMessage orders", Allow)]
    [InlineData(Grant2, MayReceive, "2/ann sqs:SendMessage orders", None)]
    [InlineData("", MaySend, "2/ann sqs:SendMessage orders", None)]
    [InlineData(GrantAll, MaySend, "2/ann sqs:SendMessage orders", Allow)]
    [InlineData(GrantAll, MayReceive, "2/ann sqs:SendMessage orders", None)]
    [InlineData(GrantAll, MayNotSend, "2/ann sqs:SendMessage orders", Deny)]
    [InlineData(Grant2 + "," + DenySend, MaySend, "2/ann sqs:SendMessage orders", Deny)]
    [InlineData(Grant1, MaySend, "2/ann sqs:SendMessage orders", None)]
    [InlineData(Grant2, MayReceive, "2 sqs:SendMessage orders", None)]
    public void Policies_of_keys_and_resources_decide_together(
        string resource, string identity, string line, string expected) => Check(
            resource.Length == 0 ? null : AccessTable.Policy(resource),
            [AccessTable.Policy(identity, PolicyScope.Identity)], line, expected);

    [Theory]
    [InlineData("1/ann sqs:SendMessage orders", Allow)]
    [InlineData("1/ann sqs:ReceiveMessage orders", Allow)]
    [InlineData("1/ann sqs:PurgeQueue orders", Deny)]
    [InlineData("1/ann sqs:DeleteQueue orders", None)]
    public void Several_policies_of_a_key_add_up(string line, string expected) => Check(
        null,
        [
            AccessTable.Policy(MaySend, PolicyScope.Identity), AccessTable.Policy(MayReceive, PolicyScope.Identity),
            AccessTable.Policy(
                "{'Effect':'Deny','Action':'sqs:PurgeQueue','Resource':'*'}", PolicyScope.Identity),
        ],
        line, expected);

    [Fact]
    public void The_statement_that_decided_is_named()
    {
        var policy = AccessTable.Policy(
            "{'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage','Resource':'*'},"
            + "{'Sid':'noPurge','Effect':'Deny','Principal':'*','Action':'sqs:PurgeQueue','Resource':'*'}");

        Assert.Equal("statement 1", Decide(policy, "2 sqs:SendMessage orders").By);
        Assert.Equal("noPurge", Decide(policy, "2 sqs:PurgeQueue orders").By);
        Assert.Null(Decide(policy, "2 sqs:DeleteQueue orders").By);
        Assert.Null(Decide(policy, "1 sqs:DeleteQueue orders").By);
    }

    private static Decision Decide(Policy policy, string line) =>
        Decision.Of(AccessTable.Request(line), [], policy);

    private static void Check(Policy? resource, IReadOnlyList<Policy> identity, string line, string expected) =>
        Assert.Equal(expected, Decision.Of(AccessTable.Request(line), identity, resource).Verdict.ToString());
}
