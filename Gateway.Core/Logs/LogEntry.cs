using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>One line on its way to a log.</summary>
/// <param name="Time">When it was logged.</param>
/// <param name="Level">Severity.</param>
/// <param name="Subsystem">Who logged it, like <c>gateway/ws</c>.</param>
/// <param name="Message">The text.</param>
/// <param name="Error">The exception with its stack, or null.</param>
internal sealed record LogEntry(DateTimeOffset Time, LogLevel Level, string Subsystem, string Message, string? Error);
