namespace Weir.Engine.State;

/// <summary>What the log or a checkpoint holds is not what this engine wrote: stop, do not guess.</summary>
public sealed class StateCorruptException(string message) : Exception($"The stored state cannot be read: {message}.");
