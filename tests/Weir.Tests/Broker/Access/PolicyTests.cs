using Weir.Broker.Access;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker.Access;

/// <summary>What of the policy language is refused, and with which words.</summary>
public sealed class PolicyTests
{
    private const string Rest = "'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage','Resource':'*'";

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{}", "no Statement")]
    [InlineData("{'Statement':[]}", "no Statement")]
    [InlineData("{'Statement':'x'}", "no Statement")]
    [InlineData("{'Statement':[7]}", "Statement 1: it is no JSON object")]
    [InlineData("{'Statement':[{" + Rest + "}],'Statements':[]}", "unknown member Statements")]
    [InlineData("{'Statement':[{" + Rest + "}],'Statement':[]}", "a member twice")]
    [InlineData("{'Version':'2012-10-18','Statement':[{" + Rest + "}]}", "Version")]
    [InlineData("{'Version':7,'Statement':[{" + Rest + "}]}", "Version")]
    [InlineData("{'Id':7,'Statement':[{" + Rest + "}]}", "Id")]
    [InlineData("{'Statement':[{" + Rest + ",'Principals':'*'}]}", "unknown member Principals")]
    [InlineData("{'Statement':[{" + Rest + ",'Sid':7}]}", "Sid")]
    [InlineData("{'Statement':[{" + Rest + ",'Sid':'a'},{" + Rest + ",'Sid':'a'}]}", "Sid a is there twice")]
    [InlineData("{'Statement':[{" + Rest + ",'NotAction':'sqs:*'}]}", "both Action and NotAction")]
    [InlineData("{'Statement':[{" + Rest + ",'NotResource':'*'}]}", "both Resource and NotResource")]
    [InlineData("{'Statement':[{" + Rest + ",'NotPrincipal':'*'}]}", "both Principal and NotPrincipal")]
    [InlineData("{'Statement':[{" + Rest + "},{'Effect':'allow'}]}", "Statement 2: Effect")]
    public void A_policy_that_is_none_is_refused(string json, string problem) => Refuse(json, problem);

    [Theory]
    [InlineData("'Effect':'Allow','Action':'sqs:*','Resource':'*'", "no Principal")]
    [InlineData("'Effect':'Allow','Principal':'*','Resource':'*'", "no Action")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'sqs:*'", "no Resource")]
    [InlineData("'Principal':'*','Action':'sqs:*','Resource':'*'", "Effect")]
    [InlineData("'Effect':'Allow','Principal':'111111111111','Action':'sqs:*','Resource':'*'", "Principal must be")]
    [InlineData("'Effect':'Allow','Principal':{},'Action':'sqs:*','Resource':'*'", "names nobody")]
    [InlineData("'Effect':'Allow','Principal':{'AWS':[]},'Action':'sqs:*','Resource':'*'", "Principal is empty")]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'12'},'Action':'sqs:*','Resource':'*'", "principal 12")]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:role/x'},"
        + "'Action':'sqs:*','Resource':'*'",
        "no roles")]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::*:root'},'Action':'sqs:*','Resource':'*'",
        "neither")]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:user/*'},"
        + "'Action':'sqs:*','Resource':'*'",
        "neither")]
    [InlineData("'Effect':'Allow','Principal':{'Service':'*'},'Action':'sqs:*','Resource':'*'", "no service")]
    [InlineData("'Effect':'Allow','Principal':{'Federated':'x'},'Action':'sqs:*','Resource':'*'", "kind Federated")]
    [InlineData("'Effect':'Allow','Principal':{'CanonicalUser':'x'},'Action':'sqs:*','Resource':'*'",
        "kind CanonicalUser")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':[],'Resource':'*'", "Action is empty")]
    [InlineData("'Effect':'Deny','Principal':'*','Action':'sqs:*','Resource':'arn:aws:sqs'", "six parts")]
    [InlineData("'Effect':'Deny','Principal':'*','Action':'sqs:*','Resource':'arn:aws-cn:sqs:*:*:*'", "six parts")]
    [InlineData("'Effect':'Deny','Principal':'*','Action':'sqs:*','NotResource':'arn:aws:sqs:us-east-1'", "six parts")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'SendMessage','Resource':'*'", "form service:Name")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'*'", "s3:GetObject")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':{},'Resource':'*'", "a text or a list")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':[['sqs:*']],'Resource':'*'", "a text or a list")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'orders'", "the resource orders")]
    [InlineData("'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':null", "a text or a list")]
    public void A_statement_that_is_none_is_refused(string statement, string problem) =>
        Refuse($"{{'Statement':[{{{statement}}}]}}", problem);

    [Theory]
    [InlineData("'x'", "Condition must be")]
    [InlineData("{'StringEquals':'x'}", "StringEquals must be an object")]
    [InlineData("{'StringMatches':{'aws:SourceArn':'x'}}", "operator StringMatches")]
    [InlineData("{'stringequals':{'aws:SourceArn':'x'}}", "operator stringequals")]
    [InlineData("{'BinaryEquals':{'aws:SourceArn':'x'}}", "operator BinaryEquals")]
    [InlineData("{'NullIfExists':{'aws:SourceArn':'x'}}", "operator NullIfExists")]
    [InlineData("{'ForAnyValue:StringEquals':{'aws:SourceArn':'x'}}", "ForAnyValue:StringEquals")]
    [InlineData("{'ForAllValues:StringEquals':{'aws:SourceArn':'x'}}", "ForAllValues:StringEquals")]
    [InlineData("{'StringEquals':{'aws:PrincipalOrgID':'x'}}", "aws:PrincipalOrgID")]
    [InlineData("{'StringEquals':{'aws:Sourcearns':'x'}}", "aws:Sourcearns")]
    [InlineData("{'StringEquals':{'aws:SourceArn':[]}}", "is empty")]
    [InlineData("{'StringEquals':{'aws:SourceArn':{}}}", "a text or a list")]
    [InlineData("{'IpAddress':{'aws:SourceArn':'10.0.0.0/8'}}", "does not go with")]
    [InlineData("{'ArnLike':{'aws:SourceIp':'*'}}", "does not go with")]
    [InlineData("{'Bool':{'aws:SourceAccount':'true'}}", "does not go with")]
    [InlineData("{'NumericEquals':{'aws:CurrentTime':'7'}}", "does not go with")]
    [InlineData("{'DateLessThan':{'aws:SourceAccount':'7'}}", "does not go with")]
    [InlineData("{'IpAddress':{'aws:SourceIp':'10.0.0.0/33'}}", "10.0.0.0/33")]
    [InlineData("{'IpAddress':{'aws:SourceIp':'home'}}", "home")]
    [InlineData("{'ArnEquals':{'aws:SourceArn':'orders'}}", "orders")]
    [InlineData("{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:*'}}", "arn:aws:sns:*")]
    [InlineData("{'Bool':{'aws:SecureTransport':'yes'}}", "yes")]
    [InlineData("{'DateLessThan':{'aws:CurrentTime':'tomorrow'}}", "tomorrow")]
    [InlineData("{'NumericLessThan':{'aws:EpochTime':'soon'}}", "soon")]
    [InlineData("{'Null':{'aws:SourceArn':'maybe'}}", "Null of aws:SourceArn")]
    [InlineData("{'Null':{'aws:SourceArn':['true','false']}}", "Null of aws:SourceArn")]
    public void A_condition_that_is_not_served_is_refused(string condition, string problem) =>
        Refuse($"{{'Statement':[{{{Rest},'Condition':{condition}}}]}}", problem);

    [Fact]
    public void Variables_are_refused_where_the_version_has_them()
    {
        const string Statement =
            "'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'arn:aws:sqs:*:*:${aws:username}'";

        Refuse($"{{'Version':'2012-10-17','Statement':[{{{Statement}}}]}}", "policy variable");
        Assert.True(Parse($"{{'Version':'2008-10-17','Statement':[{{{Statement}}}]}}").IsOk);
    }

    [Fact]
    public void A_policy_of_a_key_names_nobody() =>
        Refuse($"{{'Statement':[{{{Rest}}}]}}", "no Principal", PolicyScope.Identity);

    [Fact]
    public void An_action_that_is_not_there_is_refused_where_they_are_known()
    {
        var scope = AccessTable.Resource with { Actions = ["sqs:SendMessage"] };

        Refuse("{'Statement':[{'Effect':'Deny','Principal':'*','Action':'sqs:SendMesage','Resource':'*'}]}",
            "no action sqs:SendMesage", scope);
        Assert.True(Parse($"{{'Statement':[{{{Rest}}}]}}", scope).IsOk);
    }

    [Fact]
    public void Size_statements_and_values_are_bounded()
    {
        var scope = AccessTable.Resource with { BytesMax = 100_000, StatementsMax = 3 };
        var statements = string.Join(',', Enumerable.Repeat($"{{{Rest}}}", 4));
        var values = string.Join(',', Enumerable.Range(0, Policy.ValuesMax).Select(i => $"'sqs:A{i}'"));

        Refuse($"{{'Statement':[{statements}]}}", "more than 3 statements", scope);
        Refuse($"{{'Statement':[{{'Effect':'Allow','Principal':'*','Action':[{values}],'Resource':'*'}}]}}",
            "more than 1000 values", scope);
        Refuse($"{{'Id':'{new string('x', 100_000)}','Statement':[{{{Rest}}}]}}", "longer than 100000 bytes", scope);
    }

    private static void Refuse(string json, string problem, PolicyScope? scope = null)
    {
        var outcome = Parse(json, scope);
        Assert.False(outcome.IsOk);
        Assert.Equal(FaultCode.InvalidValue, outcome.Fault.Code);
        Assert.Contains(problem, outcome.Fault.Message, StringComparison.Ordinal);
    }

    private static Outcome<Policy> Parse(string json, PolicyScope? scope = null) =>
        Policy.Parse(json.Replace('\'', '"'), scope ?? AccessTable.Resource);
}
