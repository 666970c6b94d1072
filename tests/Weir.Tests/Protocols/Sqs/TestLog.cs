using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Protocols.Aws;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>Keeps what the endpoint logs, since nothing that a client sends may show there as a fault.</summary>
internal sealed class TestLog : ILogger<AwsEndpoint>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public IReadOnlyCollection<(LogLevel Level, string Text)> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception) + exception));
}
