using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Weir.Broker.Topics;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker.Topics;

/// <summary>What is kept of topics on disk.</summary>
public sealed class TopicDocumentsTests
{
    private static readonly Gen<ImmutableSortedDictionary<string, string>> Texts =
        Gen.Dictionary(Text(), Text())[0, 4].Select(
            texts => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, texts));

    private static readonly Gen<TopicConfig> Topics =
        from flags in Gen.Bool.Array[3]
        from size in Gen.Int[1_024, 1_048_576]
        from version in Gen.Int[1, 2]
        from created in Gen.Long
        from opaque in Texts
        from tags in Texts
        select new TopicConfig
        {
            IsFifo = flags[0], ContentBasedDeduplication = flags[1], DeduplicatesByGroup = flags[2],
            MessageBytesMax = size, SignatureVersion = version, CreatedUnixMs = created, Opaque = opaque, Tags = tags,
        };

    private static readonly Gen<SubscriptionConfig> Subscriptions =
        from id in Gen.Guid
        from flags in Gen.Bool.Array[3]
        from filter in Text()
        from opaque in Texts
        select new SubscriptionConfig
        {
            Id = id, Owner = "111111111111", Queue = Queue("inbox"), IsRaw = flags[0], FiltersBody = flags[1],
            FilterPolicy = filter.Length == 0 ? null : filter, DeadLetterQueue = flags[2] ? Queue("dead") : null,
            Opaque = opaque,
        };

    [Fact]
    public void A_topic_comes_back_as_it_was() => Topics.Sample(topic =>
    {
        var read = TopicDocuments.ReadTopic(TopicDocuments.Write(topic).Span);
        Assert.Equal(topic.Opaque, read.Opaque);
        Assert.Equal(topic.Tags, read.Tags);
        Assert.Equal(topic, read with { Opaque = topic.Opaque, Tags = topic.Tags });
    });

    [Fact]
    public void A_subscription_comes_back_as_it_was() => Subscriptions.Sample(subscription =>
    {
        var read = TopicDocuments.ReadSubscription(TopicDocuments.Write(subscription).Span);
        Assert.Equal(subscription.Opaque, read.Opaque);
        Assert.Equal(subscription, read with { Opaque = subscription.Opaque });
    });

    /// <summary>Documents of the first version that had topics: they stay readable.</summary>
    [Fact]
    public void What_the_first_version_wrote_is_read()
    {
        var topic = TopicDocuments.ReadTopic("""
            {"IsFifo":true,"MessageBytesMax":2048,"SignatureVersion":2,"Opaque":{"DisplayName":"N"},"Tags":{"a":"b"}}
            """u8);
        var subscription = TopicDocuments.ReadSubscription("""
            {"Id":"00000001-0002-0003-0000-000000000000","Owner":"000000000000","Queue":
            {"Account":"000000000000","Region":"us-east-1","Name":"inbox"},"IsRaw":true}
            """u8);

        Assert.Equal((true, false, 2048, 2), (
            topic.IsFifo, topic.ContentBasedDeduplication, topic.MessageBytesMax, topic.SignatureVersion));
        Assert.Equal(("N", "b"), (topic.Opaque["DisplayName"], topic.Tags["a"]));
        Assert.Equal((Queue("inbox"), true), (subscription.Queue, subscription.IsRaw));
        Assert.Null(subscription.DeadLetterQueue);
        Assert.Empty(subscription.Opaque);
    }

    [Fact]
    public void What_a_document_lacks_has_its_default_and_what_it_has_beyond_is_left() =>
        Assert.Equal(new TopicConfig(), TopicDocuments.ReadTopic("""{"OfALaterVersion":{"a":[1]}}"""u8));

    private static QueueName Queue(string name) => new("000000000000", "us-east-1", name);

    // Halves of surrogates come in no request, which is checked to be UTF-8.
    private static Gen<string> Text() => Gen.Byte.Array[0, 12].Select(Encoding.UTF8.GetString);
}
