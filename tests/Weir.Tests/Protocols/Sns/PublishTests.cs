using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class PublishTests
{
    [Fact]
    public async Task Every_queue_gets_the_message_under_the_id_that_is_answered()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "one");
        await sns.AddQueueAsync("news", "two");

        var answer = await sns.OkAsync(TestSns.Publish("news", "hello"));

        Assert.Null(answer.Text("SequenceNumber"));
        foreach (var queue in (string[])["one", "two"])
        {
            var envelope = Assert.Single(await sns.EnvelopesAsync(queue));
            Assert.Equal("hello", envelope["Message"]!.GetValue<string>());
            Assert.Equal(answer.Text("MessageId"), envelope["MessageId"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_topic_may_stand_as_the_target()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");

        await sns.OkAsync(new SnsRequest("Publish").Topic("news", "TargetArn").Set("Message", "hello"));

        Assert.Equal(["hello"], await sns.MessagesAsync("inbox"));
    }

    [Fact]
    public async Task A_topic_without_subscriptions_takes_messages_too()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.CreateTopicAsync("news.fifo");

        Assert.NotNull((await sns.OkAsync(TestSns.Publish("news", "hello"))).Text("MessageId"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "hello", id: "1"));
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");

        await sns.RefusedAsync(TestSns.Publish("other", "hello"), "NotFound", 404);
        await sns.RefusedAsync(TestSns.Publish("news", ""));
        await sns.RefusedAsync(new SnsRequest("Publish").Topic("news"));
        await sns.RefusedAsync(new SnsRequest("Publish").Set("Message", "hello"));
        await sns.RefusedAsync(new SnsRequest("Publish").Set("PhoneNumber", "+4512345678").Set("Message", "hello"));
        await sns.RefusedAsync(TestSns.Publish("news", "hello").Set("MessageDeduplicationId", "1"));
        await sns.RefusedAsync(TestSns.Publish("news", "hello").Set("MessageGroupId", "a b"));
        await sns.RefusedAsync(TestSns.Publish("news", "hello").Set("MessageStructure", "xml"));
        await sns.RefusedAsync(TestSns.Publish("news", "\u0001"), "InvalidMessageContents");
        await sns.RefusedAsync(TestSns.Publish("news", "a").Attribute("n", "Number", "x"), "ParameterValueInvalid");
        await sns.RefusedAsync(TestSns.Publish("news", "a").Attribute("AWS.x", "String", "x"), "ParameterValueInvalid");
        await sns.RefusedAsync(TestSns.Publish("news", "a").Attribute("e", "String", ""), "ParameterValueInvalid");
        await sns.RefusedAsync(
            TestSns.Publish("news", "a").Attribute("k", "String", "x").Attribute("k", "String", "y"),
            "ParameterValueInvalid");
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(TestSns.Publish("news", "hello"), "AuthorizationError", 403);

        sns.Queues.Caller = null;
        Assert.Empty(await sns.ReceiveAsync("inbox"));
    }

    [Fact]
    public async Task A_message_and_its_attributes_are_as_long_as_the_topic_takes()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news", ("MaximumMessageSize", "1024"));

        await sns.OkAsync(TestSns.Publish("news", new string('a', 1024)));
        await sns.RefusedAsync(TestSns.Publish("news", new string('a', 1025)));
        await sns.RefusedAsync(TestSns.Publish("news", new string('\u00e9', 513)));

        // Name, type and value: 1 + 6 + 3.
        await sns.OkAsync(TestSns.Publish("news", new string('a', 1014)).Attribute("k", "String", "abc"));
        await sns.RefusedAsync(TestSns.Publish("news", new string('a', 1015)).Attribute("k", "String", "abc"));
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("\u00e9t\u00e9 \ud83d\ude00", true)]
    [InlineData("a\nb", false)]
    [InlineData("a\rb", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u007fb", false)]
    [InlineData("a\u2028b", false)]
    public async Task A_subject_is_one_line_of_text(string subject, bool isTaken)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        var request = TestSns.Publish("news", "hello").Set("Subject", subject);

        if (!isTaken)
        {
            await sns.RefusedAsync(request);
            return;
        }

        await sns.OkAsync(request);
        Assert.Equal(subject, Assert.Single(await sns.EnvelopesAsync("inbox"))["Subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_subject_has_at_most_100_characters()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.OkAsync(TestSns.Publish("news", "hello").Set("Subject", new string('s', 100)));
        await sns.RefusedAsync(TestSns.Publish("news", "hello").Set("Subject", new string('s', 101)));
    }

    [Theory]
    [InlineData("""{"default":"d","sqs":"s"}""", "s")]
    [InlineData("""{"default":"d","email":"e"}""", "d")]
    [InlineData("""{"default":"d","sqs":1,"http":{}}""", "d")]
    [InlineData("""{"default":"d","sqs":"\u00e9\n\"x\""}""", "\u00e9\n\"x\"")]
    public async Task A_JSON_message_has_a_text_for_queues(string message, string expected)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");

        await sns.OkAsync(TestSns.Publish("news", message).Set("MessageStructure", "json"));

        Assert.Equal([expected], await sns.MessagesAsync("inbox"));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("""{"sqs":"s"}""")]
    [InlineData("""{"default":1}""")]
    [InlineData("""{"default":"a","default":"b"}""")]
    [InlineData("""{"default":"\ud800"}""")]
    public async Task A_JSON_message_without_a_default_is_refused(string message)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(TestSns.Publish("news", message).Set("MessageStructure", "json"));
    }
}
