using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>Levels as the log format numbers and names them.</summary>
internal static class LogLevelNames
{
    /// <summary>1 (trace) to 6 (fatal).</summary>
    public static int Id(LogLevel level) => Math.Clamp((int)level + 1, 1, 6);

    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
