namespace Weir.Simulator;

// The broker did what it must not.
internal sealed class SimulationFailureException(string message, Exception? cause = null) : Exception(message, cause);
