using Weir.Tests.Protocols.Sns;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>Requests of SNS: lists in <c>member</c>, maps in <c>entry</c>, one in another.</summary>
internal static class SnsSeeds
{
    public static IReadOnlyList<SnsRequest> Requests { get; } =
    [
        new SnsRequest("CreateTopic").Set("Name", "news.fifo")
            .Attributes(
                ("ContentBasedDeduplication", "true"), ("DisplayName", "a \u00e9 & b"), ("SignatureVersion", "2"),
                ("Policy", """
                    {"Version":"2012-10-17",
                     "Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}
                    """))
            .Tags(("team", "a b"), ("cost", "x/y")),
        new SnsRequest("UntagResource").Topic("news", "ResourceArn").Texts("TagKeys", "team", "cost"),
        new SnsRequest("Publish").Topic("news").Set("Message", "hello \"world\" + 100% \u00e9\ud83d\ude00")
            .Attribute("kind", "String", "abc").Attribute("count", "Number.int", "-12.5e3")
            .Attribute("blob", "Binary", binary: [0, 1, 2, 250]),
        new SnsRequest("PublishBatch").Topic("news")
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "a").Set("Message", "one")
                .Attribute("kind", "String", "abc").Attribute("blob", "Binary", binary: [255]))
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "b").Set("Message", "two")),
    ];
}
