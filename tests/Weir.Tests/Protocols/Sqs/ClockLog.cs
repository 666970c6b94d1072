using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Broker.Schedules;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>What the clock of schedules tells.</summary>
internal sealed class ClockLog : ILogger<ScheduleClock>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Entries => [.. _entries];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception) + exception));
}
