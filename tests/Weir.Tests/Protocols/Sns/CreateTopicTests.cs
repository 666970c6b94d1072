using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class CreateTopicTests
{
    [Fact]
    public async Task It_answers_the_ARN_and_the_same_one_again()
    {
        await using var sns = new TestSns();

        var first = await sns.CreateTopicAsync("news", ("DisplayName", "The news"));
        var again = await sns.CreateTopicAsync("news", ("DisplayName", "The news"));
        var bare = await sns.CreateTopicAsync("news");

        Assert.Equal("arn:aws:sns:us-east-1:000000000000:news", first);
        Assert.Equal((first, first), (again, bare));
        Assert.Equal("The news", (await sns.AttributesAsync("news"))["DisplayName"]);
    }

    [Fact]
    public async Task Another_attribute_or_tag_of_a_topic_that_is_there_is_refused()
    {
        await using var sns = new TestSns();
        await sns.OkAsync(New("news").Attributes(("DisplayName", "one")).Tags(("team", "a")));

        var attribute = await sns.RefusedAsync(New("news").Attributes(("DisplayName", "two")));
        var tag = await sns.RefusedAsync(New("news").Tags(("team", "b")));

        Assert.Equal(
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes", attribute.Message);
        Assert.Equal("Invalid parameter: Tags Reason: Topic already exists with different tags", tag.Message);
        await sns.OkAsync(New("news").Tags(("team", "a")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData(".fifo")]
    [InlineData("a.fifo.x")]
    public async Task A_bad_name_is_refused(string name)
    {
        await using var sns = new TestSns();

        await sns.RefusedAsync(New(name));
    }

    [Fact]
    public async Task Names_are_as_long_as_256_characters()
    {
        await using var sns = new TestSns();

        await sns.CreateTopicAsync(new string('a', 256));
        await sns.CreateTopicAsync(new string('a', 251) + ".fifo");
        await sns.RefusedAsync(New(new string('a', 257)));
        await sns.RefusedAsync(New(new string('a', 252) + ".fifo").Attributes(("FifoTopic", "true")));
        await sns.RefusedAsync(new SnsRequest("CreateTopic"));
    }

    [Theory]
    [InlineData("news", "FifoTopic", "true")]
    [InlineData("news.fifo", "FifoTopic", "false")]
    [InlineData("news.fifo", "FifoTopic", "maybe")]
    [InlineData("news", "ContentBasedDeduplication", "true")]
    [InlineData("news", "DataProtectionPolicy", "{}")]
    [InlineData("news", "Colour", "red")]
    [InlineData("news", "SignatureVersion", "3")]
    public async Task A_bad_attribute_is_refused(string name, string attribute, string value)
    {
        await using var sns = new TestSns();

        await sns.RefusedAsync(New(name).Attributes((attribute, value)));
        Assert.Empty((await sns.OkAsync(new SnsRequest("ListTopics"))).Items("Topics"));
    }

    [Fact]
    public async Task Bad_tags_are_refused()
    {
        await using var sns = new TestSns();
        var many = Enumerable.Range(0, 51).Select(i => ($"key-{i}", "")).ToArray();

        await sns.RefusedAsync(New("news").Tags(("aws:key", "")), "ParameterValueInvalid");
        await sns.RefusedAsync(New("news").Tags(many), "TagLimitExceeded");
        await sns.OkAsync(New("news").Tags(many[1..]));
    }

    [Fact]
    public async Task Accounts_and_regions_have_topics_of_their_own()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        sns.Queues.Caller = ("111111111111", "us-east-1");
        Assert.Equal("arn:aws:sns:us-east-1:111111111111:news", await sns.CreateTopicAsync("news"));
        sns.Queues.Caller = ("111111111111", "eu-north-1");
        Assert.Equal("arn:aws:sns:eu-north-1:111111111111:news", await sns.CreateTopicAsync("news"));

        var listed = (await sns.OkAsync(new SnsRequest("ListTopics"))).Items("Topics");
        Assert.Equal("arn:aws:sns:eu-north-1:111111111111:news", Assert.Single(listed).Text("TopicArn"));
    }

    private static SnsRequest New(string name) => new SnsRequest("CreateTopic").Set("Name", name);
}
