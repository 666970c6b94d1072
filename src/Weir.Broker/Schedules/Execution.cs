using System.Globalization;
using System.Text;
using Weir.Broker.Buses;
using Weir.Broker.Targets;

namespace Weir.Broker.Schedules;

/// <summary>One time that a schedule fires, and what its texts say then.</summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
internal sealed record Execution(ScheduleName Name, ScheduleConfig Config, Guid Id, DateTimeOffset Due)
{
    private const string Prefix = "<aws.scheduler.";

    public string DueText => Due.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public byte[] BodyOf(ScheduledMessage message) => message.Body is { } body
        ? Encoding.UTF8.GetBytes(Fill(body))
        : Event();

    /// <summary>The target's input, whatever is made of it.</summary>
    public byte[] Input() =>
        Config.Target.Input is { } input ? Encoding.UTF8.GetBytes(Fill(input)) : Event();

    public Destination Fill(Destination destination) => destination with
    {
        GroupId = FillOptional(destination.GroupId),
        DeduplicationId = FillOptional(destination.DeduplicationId),
        Subject = FillOptional(destination.Subject),
        Source = FillOptional(destination.Source),
        DetailType = FillOptional(destination.DetailType),
    };

    private string? FillOptional(string? text) => text is null ? null : Fill(text);

    private string Fill(string text) => !text.Contains(Prefix, StringComparison.Ordinal) ? text : text
        .Replace(Prefix + "schedule-arn>", Config.Arn, StringComparison.Ordinal)
        .Replace(Prefix + "scheduled-time>", DueText, StringComparison.Ordinal)
        .Replace(Prefix + "execution-id>", $"{Id}", StringComparison.Ordinal)
        .Replace(Prefix + "attempt-number>", "1", StringComparison.Ordinal);

    /// <summary>What a target without an input gets. Its detail is a text, as in Amazon's.</summary>
    private byte[] Event() => new EventEnvelope
    {
        Id = Id,
        Source = "aws.scheduler",
        DetailType = "Scheduled Event",
        Account = Name.Group.Account,
        Region = Name.Group.Region,
        Time = Due,
        Resources = [Config.Arn],
    }.Write("\"{}\""u8).ToArray();
}
