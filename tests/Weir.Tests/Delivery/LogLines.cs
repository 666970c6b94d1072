using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Broker.Delivery;

namespace Weir.Tests.Delivery;

/// <summary>What the dispatcher had to report.</summary>
internal sealed class LogLines : ILogger<PushDispatcher>
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyCollection<string> Warnings => _warnings;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _warnings.Enqueue(formatter(state, exception));
    }
}
