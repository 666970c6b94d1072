namespace Weir.Broker.Shards;

/// <summary>Something that the broker has done on the shard's thread, between two commands.</summary>
internal sealed class CallWork<T>(Func<ShardLoop, T> call) : Work<T>
{
    public override int RecordBytesMax => 0;

    public override bool AddsData => false;

    public override bool Run(ShardLoop loop)
    {
        Outcome = call(loop);
        return true;
    }
}
