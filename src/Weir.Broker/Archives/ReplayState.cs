namespace Weir.Broker.Archives;

/// <summary>How far a replay is.</summary>
//   Starting --> Running --> Completed
//      |            |
//      +-> Cancelling -> Cancelled        Failed: from any that has not ended
public enum ReplayState
{
    Starting,
    Running,
    Completed,
    Cancelling,
    Cancelled,
    Failed,
}
