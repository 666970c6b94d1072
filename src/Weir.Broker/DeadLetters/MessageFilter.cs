using System.Text;
using Weir.Broker.Messages;
using Weir.Broker.Routing.Patterns;
using Weir.Engine;

namespace Weir.Broker.DeadLetters;

/// <summary>
/// Which messages of a queue are meant: an event pattern over what <see cref="MessageView"/> shows of them, with a JSON
/// body opened.
/// </summary>
public sealed class MessageFilter
{
    private readonly PatternSet<string> _patterns;

    private MessageFilter(string text, Pattern pattern) =>
        (Text, _patterns) = (text, PatternSet<string>.Build([(pattern, text)]));

    public string Text { get; }

    public static Outcome<MessageFilter> Parse(string text)
    {
        var pattern = Pattern.Parse(Encoding.UTF8.GetBytes(text), PatternOptions.EventBridge);
        return pattern.IsOk ? new MessageFilter(text, pattern.Value) : pattern.Fault;
    }

    public bool Wants(StoredMessage stored, MessageContent content)
    {
        var fields = EventFields.Rent();
        try
        {
            var matched = new List<string>(1);
            if (fields.TryReadJson(MessageView.Opened(stored, content))) _patterns.Match(fields, matched);
            return matched.Count > 0;
        }
        finally
        {
            fields.Return();
        }
    }
}
