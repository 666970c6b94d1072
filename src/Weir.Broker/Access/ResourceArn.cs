using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Broker.Access;

/// <summary>What policies call the things that have policies of their own.</summary>
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
public static class ResourceArn
{
    public static string Of(QueueName queue) => $"arn:aws:sqs:{queue.Region}:{queue.Account}:{queue.Name}";

    public static string Of(TopicName topic) => $"arn:aws:sns:{topic.Region}:{topic.Account}:{topic.Name}";

    public static string Of(BusName bus) => $"arn:aws:events:{bus.Region}:{bus.Account}:event-bus/{bus.Name}";
}
