using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Configuration.Options;

/// <summary>How console lines look.</summary>
public enum ConsoleStyle
{
    /// <summary><c>HH:MM:SS [subsystem] message</c>, for people; the default on a terminal.</summary>
    Pretty,

    /// <summary><c>ISO-time [subsystem] message</c>; the default elsewhere.</summary>
    Compact,

    /// <summary>One JSON object per line.</summary>
    Json,
}

/// <summary><c>logging.*</c>.</summary>
/// <param name="Level">Least severe level written to the file; info by default.</param>
/// <param name="ConsoleLevel">Least severe level written to the console; info by default.</param>
/// <param name="ConsoleStyle">Configured style, or null to decide by terminal.</param>
/// <param name="File">Fixed log file, or null for the dated one. A fixed file is not rotated by date.</param>
/// <param name="RedactTools">Whether tool details are masked; on by default.</param>
/// <param name="RedactPatterns">Patterns that replace the built-in ones; empty for those.</param>
public sealed record LoggingOptions(
    LogLevel Level, LogLevel ConsoleLevel, ConsoleStyle? ConsoleStyle, string? File, bool RedactTools, ImmutableArray<string> RedactPatterns)
{
    internal static LoggingOptions From(ConfigSection section) => new(
        ParseLevel(section.String("level")) ?? LogLevel.Information,
        ParseLevel(section.String("consoleLevel")) ?? LogLevel.Information,
        section.String("consoleStyle") switch
        {
            "pretty" => Options.ConsoleStyle.Pretty,
            "compact" => Options.ConsoleStyle.Compact,
            "json" => Options.ConsoleStyle.Json,
            _ => null,
        },
        section.Text("file"),
        section.String("redactSensitive") != "off",
        section.Strings("redactPatterns"));

    /// <summary>The level named by a word of the configuration; null for another word.</summary>
    /// <param name="word">silent, fatal, error, warn, info, debug or trace.</param>
    public static LogLevel? ParseLevel(string? word) => word switch
    {
        "silent" => LogLevel.None,
        "fatal" => LogLevel.Critical,
        "error" => LogLevel.Error,
        "warn" => LogLevel.Warning,
        "info" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        "trace" => LogLevel.Trace,
        _ => null,
    };
}
