using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>A logger that turns a call into a <see cref="LogEntry"/> if anybody wants it.</summary>
internal sealed class QueueLogger(string category, Func<string, LogLevel, bool> isWanted, LogQueue queue, TimeProvider time) : ILogger
{
    private readonly string _subsystem = SubsystemName.FromCategory(category);
    private readonly bool _framework = SubsystemName.IsFramework(category);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel level) =>
        level != LogLevel.None && (!_framework || level >= LogLevel.Warning) && isWanted(_subsystem, level);

    public void Log<TState>(LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(level))
            queue.Add(new LogEntry(time.GetUtcNow(), level, _subsystem, formatter(state, exception), exception?.ToString()));
    }
}
