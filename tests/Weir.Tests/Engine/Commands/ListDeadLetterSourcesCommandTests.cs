using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ListDeadLetterSourcesCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void Dead_letter_sources_come_in_pages()
    {
        _engine.Create(Failed);
        foreach (var name in (string[])["c", "a", "b"])
            _engine.Create(Named(name), new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        _engine.Do(new DeleteQueueCommand(Named("b")));

        var first = _engine.Do(new ListDeadLetterSourcesCommand(Failed, null, 1));
        Assert.Equal("a | a", Text(first));
        var second = _engine.Do(new ListDeadLetterSourcesCommand(Failed, "a", 1));
        Assert.Equal("c | ", Text(second));
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new ListDeadLetterSourcesCommand(Orders, null, 1)));
    }

    private static string Text(QueuePage page) =>
        $"{string.Join(' ', page.Queues.Select(name => name.Name))} | {page.Next}";
}
