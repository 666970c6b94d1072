namespace Weir.Simulator;

// What the clients of a flow do: they send, take, and set up pipes and schedules.
internal abstract record FlowOperation : Operation;

internal sealed record FlowSend(int Queue, int FirstNumber, int Count, int Group, int Pad) : FlowOperation;

// A consumer takes messages, and deletes them or lets their leases end.
internal sealed record FlowTake(int Queue, int Max, int VisibilitySeconds, bool Deletes) : FlowOperation;

internal sealed record MakeQueue(int Queue, int? MessagesMax) : FlowOperation;

internal sealed record PutPipe(
    int Pipe, int Source, PipeTarget Target, int? Kind, int BatchSize, int WindowSeconds) : FlowOperation;

internal sealed record SwitchPipe(int Pipe, bool IsStopped) : FlowOperation;

internal sealed record DropPipe(int Pipe) : FlowOperation;

// At is a moment so many seconds from then, the others are every so many minutes.
internal sealed record PutSchedule(int Slot, int Generation, ScheduleKind Kind, int Value, int? AgeSeconds)
    : FlowOperation;

internal sealed record DropSchedule(int Slot) : FlowOperation;

internal enum PipeTarget
{
    Queue,
    FifoQueue,
    Topic,
}
