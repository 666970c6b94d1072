using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class PlacesFormatTests
{
    private static readonly ScopeName Scope = new("note", "000000000001", "eu-west-1", "n");

    private readonly EngineHarness _engine = new();

    [Fact]
    public void A_note_keeps_where_the_messages_are_and_replay_keeps_the_note()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(EngineHarness.Failed);
        _engine.Send(EngineHarness.Orders);
        var publication = _engine.Publication(
            [_engine.To(EngineHarness.Orders), _engine.To(EngineHarness.Failed)], "b");

        var published = Assert.Single(_engine.Do(Noted(publication, [7, 8])).Published);

        Assert.Equal([new MessagePlace(1, 2), new MessagePlace(2, 1)], published.Places.Select(placed => placed.Place));
        var value = _engine.Recover().Definitions.Find(Scope, "k")!.Value;
        Assert.Equal([7, 8], value[..2].ToArray());
        var noted = Assert.Single(PlacesFormat.Read(value[2..].Span));
        Assert.Equal((published.MessageId, 2), (noted.MessageId, noted.Count));
        Assert.Equal(published.Places, noted.Places);
    }

    [Fact]
    public void A_note_that_is_there_already_refuses_it_all()
    {
        _engine.Create(EngineHarness.Orders);
        var publication = _engine.Publication([_engine.To(EngineHarness.Orders)], "b");
        _engine.Do(Noted(publication, []));
        Assert.Equal(FaultCode.ConfigChanged, _engine.Refused(Noted(publication, [])));
        Assert.Equal(1, _engine.Counters(EngineHarness.Orders).Visible);
    }

    [Fact]
    public void A_duplicate_is_where_the_first_one_is()
    {
        _engine.Create(EngineHarness.Fifo);
        var first = _engine.Send(EngineHarness.Fifo, _engine.Entry("g", "d"));
        var again = _engine.To(EngineHarness.Fifo) with { GroupId = "g", DeduplicationId = "d" };
        var published = _engine.Do(new PublishCommand([_engine.Publication([again], "b")])).Published[0];
        var placed = Assert.Single(published.Places);
        Assert.Equal((first.MessageId, first.Sequence), (placed.MessageId, placed.Place.Sequence));
    }

    [Fact]
    public void What_is_no_note_is_refused() =>
        Assert.Throws<InvalidDataException>(() => PlacesFormat.Read(new byte[25]));

    private static PublishCommand Noted(Publication publication, byte[] head) => new([publication])
    {
        Note = new DefinitionChange { Scope = Scope, Item = "k", Value = head, ExpectedRevision = 0 },
    };
}
