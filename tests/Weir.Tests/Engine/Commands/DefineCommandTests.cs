using System.Text;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class DefineCommandTests
{
    private static readonly ScopeName Topic = new("topic", "000000000001", "eu-west-1", "t");
    private static readonly QueueName Push = EngineHarness.Named("~push");

    private readonly EngineHarness _engine = new();

    private DefinitionCatalog Definitions => _engine.Do(new ReadDefinitionsCommand());

    [Fact]
    public void A_definition_is_kept_and_replaced_under_a_new_revision()
    {
        Set("a", "1");
        var first = Definitions.Find(Topic, "a")!;
        Set("a", "2");
        var second = Definitions.Find(Topic, "a")!;
        Assert.Equal(("1", "2"), (Text(first), Text(second)));
        Assert.True(second.Revision > first.Revision);
    }

    [Fact]
    public void A_change_that_expects_another_revision_changes_nothing()
    {
        Set("a", "1");
        var stale = Definitions.Find(Topic, "a")!.Revision;
        Set("a", "2");
        var changes = new[] { Change("b", "x"), Change("a", "3") with { ExpectedRevision = stale } };
        Assert.Equal(FaultCode.ConfigChanged, _engine.Refused(new DefineCommand(changes)));
        Assert.Equal("2", Text(Definitions.Find(Topic, "a")!));
        Assert.Null(Definitions.Find(Topic, "b"));
        Assert.Equal(FaultCode.ConfigChanged,
            _engine.Refused(new DefineCommand([Change("a", "4") with { ExpectedRevision = 0 }])));
    }

    [Fact]
    public void A_definition_that_is_only_expected_stays_as_it_is()
    {
        Set("a", "1");
        var revision = Definitions.Find(Topic, "a")!.Revision;
        var expected = Change("a", null) with { ExpectedRevision = revision, IsOnlyExpected = true };
        _engine.Do(new DefineCommand([Change("b", "x"), expected]));
        Assert.Equal(("1", revision), (Text(Definitions.Find(Topic, "a")!), Definitions.Find(Topic, "a")!.Revision));
        Set("a", "2");
        Assert.Equal(FaultCode.ConfigChanged, _engine.Refused(new DefineCommand([Change("b", "y"), expected])));
        Assert.Equal("x", Text(Definitions.Find(Topic, "b")!));
    }

    [Fact]
    public void Nothing_is_added_to_a_scope_that_has_gone()
    {
        var change = Change("sub", "x") with { RequiredItem = "" };
        Assert.Equal(FaultCode.ResourceNotFound, _engine.Refused(new DefineCommand([change])));
        Set("", "topic");
        _engine.Do(new DefineCommand([change]));
        Assert.NotNull(Definitions.Find(Topic, "sub"));
    }

    [Fact]
    public void A_scope_goes_with_all_that_is_in_it()
    {
        Set("a", "1");
        Set("b", "2");
        _engine.Do(new DefineCommand([new DefinitionChange { Scope = Topic }]));
        Assert.Null(Definitions.Find(Topic));
        Assert.Equal(0, Definitions.ScopeCount);
    }

    [Fact]
    public void A_scope_goes_with_its_last_definition()
    {
        Set("a", "1");
        _engine.Do(new DefineCommand([Change("a", null)]));
        Assert.Equal(0, Definitions.ScopeCount);
    }

    [Fact]
    public void Queues_come_and_go_with_definitions()
    {
        _engine.Do(new DefineCommand([Change("a", "1")]) { Create = [new InternalQueue(Push, QueueConfig.Standard)] });
        Assert.Equal(0, _engine.Counters(Push).Visible);
        Assert.Empty(_engine.Do(new ListQueuesCommand(Push.Account, Push.Region, "", null, 10)).Queues);

        var patient = QueueConfig.Standard with { VisibilityTimeout = TimeSpan.FromSeconds(99) };
        _engine.Do(new DefineCommand([]) { Configure = [new InternalQueue(Push, patient)] });
        Assert.Equal(patient, _engine.Get(Push).Config);

        _engine.Do(new DefineCommand([Change("a", null)]) { Delete = [Push] });
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new GetQueueCommand(Push)));
        Assert.Equal(FaultCode.QueueNotFound,
            _engine.Refused(new DefineCommand([]) { Configure = [new InternalQueue(Push, patient)] }));
    }

    [Fact]
    public void A_definition_that_is_too_large_is_refused()
    {
        var value = new byte[Definition.ValueBytesMax + 1];
        var change = new DefinitionChange { Scope = Topic, Item = "a", Value = value };
        Assert.Equal(FaultCode.InvalidValue, _engine.Refused(new DefineCommand([change])));
    }

    [Fact]
    public void Definitions_come_back_from_log_and_checkpoint()
    {
        Set("a", "1");
        Set("b", "2");
        _engine.Do(new DefineCommand([Change("a", null)]));
        var checkpoint = _engine.Checkpoint();
        foreach (var shard in new[] { _engine.Recover(), _engine.Recover(checkpoint, _engine.Frames.Count) })
        {
            Assert.Equal(checkpoint, EngineHarness.Checkpoint(shard));
            Assert.Equal("2", Text(shard.Definitions.Find(Topic, "b")!));
        }
    }

    [Fact]
    public void What_is_compiled_from_a_scope_holds_until_the_scope_changes()
    {
        Set("a", "1");
        var compiled = 0;
        string Compile(DefinitionScope scope) => $"{scope.Items.Count} {++compiled}";
        Assert.Equal("1 1", Definitions.Find(Topic)!.Compile(Compile));
        Assert.Equal("1 1", Definitions.Find(Topic)!.Compile(Compile));
        _engine.Do(new DefineCommand([new DefinitionChange
        {
            Scope = Topic with { Name = "other" }, Item = "z", Value = new byte[1],
        }]));
        Assert.Equal("1 1", Definitions.Find(Topic)!.Compile(Compile));
        Set("b", "2");
        Assert.Equal("2 2", Definitions.Find(Topic)!.Compile(Compile));
    }

    private static string Text(Definition definition) => Encoding.UTF8.GetString(definition.Value.Span);

    private static DefinitionChange Change(string item, string? value) => new()
    {
        Scope = Topic, Item = item, Value = value is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(value),
    };

    private void Set(string item, string value) => _engine.Do(new DefineCommand([Change(item, value)]));
}
