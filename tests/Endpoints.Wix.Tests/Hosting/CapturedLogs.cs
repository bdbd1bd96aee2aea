using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>Everything that is logged, at every level and from every category, as text.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, EventId Event, string Text)> _lines = new();

    public IEnumerable<string> Lines => _lines.Select(static line => $"{line.Category}: {line.Text}");

    public IEnumerable<string> Of(string category) =>
        _lines.Where(line => line.Category.EndsWith(category, StringComparison.Ordinal)).Select(static line => line.Text);

    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logs._lines.Enqueue((category, default, $"scope {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var fields = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(", ", pairs.Select(static pair => $"{pair.Key}={pair.Value}")) : "";
            logs._lines.Enqueue((category, eventId, $"{formatter(state, exception)} [{fields}] {exception}"));
        }
    }
}
