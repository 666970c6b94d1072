using System.Text;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Schedules;

/// <summary>A schedule that fires. The dead-letter queue gets its target's input, and why.</summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
internal sealed class ScheduleSender(Execution execution) : Sender
{
    /// <summary>Weir's own code: it was missed for too long.</summary>
    public const string TooOld = "EVENT_AGE_EXCEEDED";

    private const string Text = "String";

    public override QueueName? DeadLetterQueue => execution.Config.Target.DeadLetterQueue;

    public override MessageContent DeadLetter(DeliveryError error)
    {
        List<MessageAttribute> attributes =
        [
            Attribute("SCHEDULE_ARN", execution.Config.Arn),
            Attribute("TARGET_ARN", execution.Config.Target.Arn),
            Attribute("SCHEDULED_TIME", execution.DueText),
            Attribute("EXECUTION_ID", $"{execution.Id}"),
            Attribute("RETRY_ATTEMPTS", "0"),
            Attribute("IS_PAYLOAD_TRUNCATED", "false"),
            Attribute("ERROR_CODE", error.Code),
            Attribute("ERROR_MESSAGE", error.Message),
        ];
        if (error.Code == TooOld) attributes.Add(Attribute("EXHAUSTED_RETRY_CONDITION", "MaximumEventAgeInSeconds"));
        return new MessageContent
        {
            Body = execution.Input(), SenderId = execution.Name.Group.Account, Attributes = attributes,
        };
    }

    public override string ToString() =>
        $"Schedule {execution.Config.Arn}, due at {execution.DueText}, for target {execution.Config.Target.Arn}";

    private static MessageAttribute Attribute(string name, string value) =>
        new(name, Text, Encoding.UTF8.GetBytes(value));
}
