using Weir.Broker.Access;
using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Protocols.Aws.Access;

/// <summary>What a request acts on, as policies see it.</summary>
/// <param name="Name">A queue, topic or bus; the ARN of anything else.</param>
/// <param name="Policy">Its own; null: it has none.</param>
internal readonly record struct AwsResource(object Name, string Account, Policy? Policy)
{
    /// <summary>Written only where policies ask for it, which most requests are without.</summary>
    public string Arn => Name switch
    {
        QueueName queue => ResourceArn.Of(queue),
        TopicName topic => ResourceArn.Of(topic),
        BusName bus => ResourceArn.Of(bus),
        _ => (string)Name,
    };

    public static AwsResource Of(DefinitionCatalog definitions, QueueName queue) =>
        new(queue, queue.Account, ResourcePolicies.Of(definitions, queue));

    public static AwsResource Of(DefinitionCatalog definitions, TopicName topic) =>
        new(topic, topic.Account, ResourcePolicies.Of(definitions, topic));

    public static AwsResource Of(DefinitionCatalog definitions, BusName bus) =>
        new(bus, bus.Account, ResourcePolicies.Of(definitions, bus));

    /// <summary>Something of the caller's that has no policy of its own.</summary>
    /// <param name="resource">What stands last in its ARN; a star: nothing in particular.</param>
    public static AwsResource Own(AwsIdentity identity, string service, string resource = "*") =>
        new($"arn:aws:{service}:{identity.Region}:{identity.Account}:{resource}", identity.Account, null);
}
