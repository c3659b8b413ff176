using Microsoft.Extensions.Logging;

namespace OpenClaw.Cli.Hosting;

/// <summary>
/// The gateway's logs, without what the host says about a start that failed because of the network or a file: whoever starts the
/// gateway tells that in one line, and a stack trace in front of it would hide it. Whoever made <paramref name="inner"/> disposes it.
/// </summary>
internal sealed class HostLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName) =>
        categoryName == HostCategory ? new HostLogger(inner.CreateLogger(categoryName)) : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
    }

    private sealed class HostLogger(ILogger inner) : ILogger
    {
        /// <summary>"Hosting failed to start"; the same exception comes out of the host's start.</summary>
        private const int StartFailed = 11;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id != StartFailed || exception is null || !GatewayRunLoop.IsTold(exception))
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
