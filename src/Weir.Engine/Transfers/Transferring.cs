namespace Weir.Engine.Transfers;

/// <summary>The refusals of what moves accounts.</summary>
internal static class Transferring
{
    public static Fault NotUnderWay(string account) => new(FaultCode.ConfigChanged,
        $"No move of tenant {account} into this shard is under way: begin it anew.");
}
