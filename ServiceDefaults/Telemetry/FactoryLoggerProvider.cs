using Microsoft.Extensions.Logging;

namespace OpenClaw.ServiceDefaults.Telemetry;

/// <summary>Gives a host's logs to another factory as well. Whoever made the factory disposes it.</summary>
/// <param name="factory">The other factory.</param>
public sealed class FactoryLoggerProvider(ILoggerFactory factory) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => factory.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
