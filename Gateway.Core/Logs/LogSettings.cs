using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>
/// The logging settings in force. Loggers ask for them with every line, so a changed level counts at once and for all
/// of them. The composition root hands over the section of each new configuration.
/// </summary>
/// <param name="options">The first settings.</param>
/// <param name="verbose"><c>--verbose</c>: debug lines go to the console and to the file.</param>
public sealed class LogSettings(LoggingOptions options, bool verbose = false)
{
    private volatile LoggingOptions _options = options;

    /// <summary>The settings in force.</summary>
    public LoggingOptions Options => _options;

    /// <summary>Least severe level of the file.</summary>
    public LogLevel FileLevel => Widened(_options.Level);

    /// <summary>Least severe level of the console.</summary>
    public LogLevel ConsoleLevel => Widened(_options.ConsoleLevel);

    /// <summary>Puts other settings into force.</summary>
    /// <param name="options">The <c>logging</c> section of the configuration that came into force.</param>
    public void Use(LoggingOptions options) => _options = options;

    private LogLevel Widened(LogLevel level) => verbose && level > LogLevel.Debug ? LogLevel.Debug : level;
}
