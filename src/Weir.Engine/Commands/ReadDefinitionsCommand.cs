using Weir.Engine.Definitions;

namespace Weir.Engine.Commands;

/// <summary>
/// Answers all definitions once whatever made them so is durable: what a client has been shown is not undone by a
/// crash. <see cref="Shard.Definitions"/> is sooner, for those whose answer waits for a commit in any case.
/// </summary>
public sealed class ReadDefinitionsCommand : Command<DefinitionCatalog>
{
    public override string? Account => null;

    public override int RecordBytesMax => 0;

    internal override Outcome<DefinitionCatalog> Execute(Shard shard) => shard.State.Definitions;
}
