using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Hosting;

/// <summary>Keeps what a host logs.</summary>
public sealed class LogRecords : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Text, Exception? Cause)> Records { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecords records, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            records.Records.Enqueue((category, logLevel, formatter(state, exception), exception));
    }
}
