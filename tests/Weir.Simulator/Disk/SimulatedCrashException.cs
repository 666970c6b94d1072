namespace Weir.Simulator;

// The power is gone: every call on the disk throws this until Crash has yielded the disk that comes up afterwards.
public sealed class SimulatedCrashException : Exception
{
    public SimulatedCrashException()
        : base("The simulated machine lost its power.")
    {
    }
}
