namespace Weir.Protocols.Aws;

/// <summary>
/// The memory that large request bodies take while they are received and executed: shared by all connections, so that
/// many senders of much cannot take more than this together. Small bodies are not counted; connections bound them.
/// </summary>
internal sealed class BodyBudget(long bytesMax)
{
    /// <summary>As much as the server buffers for a connection in any case.</summary>
    public const int SmallBytes = 64 << 10;

    private long _taken;

    /// <summary>False when the others have taken too much already.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes <= SmallBytes) return true;
        if (Interlocked.Add(ref _taken, bytes) <= bytesMax) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Return(long bytes)
    {
        if (bytes > SmallBytes) Interlocked.Add(ref _taken, -bytes);
    }
}
