using Microsoft.Extensions.Logging;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>What a starting gateway logs.</summary>
internal static partial class GatewayRunLog
{
    [LoggerMessage(6010, LogLevel.Information, "log file: {Path}")]
    public static partial void LogFile(ILogger logger, string path);

    [LoggerMessage(6011, LogLevel.Information, "{Line}")]
    public static partial void Force(ILogger logger, string line);

    [LoggerMessage(6012, LogLevel.Warning, "{Line}")]
    public static partial void Oddity(ILogger logger, string line);

    [LoggerMessage(6014, LogLevel.Information, "TLS certificate SHA-256 fingerprint: {Fingerprint}")]
    public static partial void Fingerprint(ILogger logger, string fingerprint);

    [LoggerMessage(6015, LogLevel.Warning, "this start is not counted, and crashes do not lead to safe mode: {Problem}")]
    public static partial void UncountedStart(ILogger logger, string problem);

    [LoggerMessage(6013, LogLevel.Error, "restarting with the last good configuration, {Path} cannot be used: {Issues}")]
    public static partial void KeptConfig(ILogger logger, string path, string issues);
}
