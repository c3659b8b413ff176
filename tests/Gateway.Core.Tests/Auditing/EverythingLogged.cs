using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Tests.Auditing;

/// <summary>One logged event.</summary>
/// <param name="Category">Logger category.</param>
/// <param name="Id">Event id.</param>
/// <param name="Text">Message, fields and exception: all that any log provider could write.</param>
/// <param name="Fields">The structured fields.</param>
internal sealed record LoggedEvent(string Category, int Id, string Text, IReadOnlyDictionary<string, string?> Fields);

/// <summary>Keeps every log event of every category and level.</summary>
internal sealed class EverythingLogged : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedEvent> _events = new();

    public IReadOnlyCollection<LoggedEvent> Events => _events;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(EverythingLogged owner, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            owner._events.Enqueue(new LoggedEvent(category, 0, state.ToString() ?? "", new Dictionary<string, string?>()));
            return null;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var fields = new Dictionary<string, string?>();
            var text = new StringBuilder(formatter(state, exception)).Append(' ').Append(exception);
            foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                fields[name] = value?.ToString();
                text.Append(' ').Append(value);
            }
            owner._events.Enqueue(new LoggedEvent(category, eventId.Id, text.ToString(), fields));
        }
    }
}
