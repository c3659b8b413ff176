using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Logs.Terminal;

/// <summary>
/// Console lines: <c>2026-11-21T04:17:25.623Z [ws] message</c>, for people <c>04:17:25 [ws] message</c> (UTC), for
/// machines one JSON object.
/// </summary>
internal static class ConsoleLineFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(LogEntry entry, ConsoleStyle style, bool colored)
    {
        if (style == ConsoleStyle.Json)
            return Json(entry);
        var display = SubsystemName.Display(entry.Subsystem);
        var time = entry.Time.UtcDateTime.ToString(style == ConsoleStyle.Pretty ? "HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = SubsystemName.StripFrom(entry.Message, display);
        if (entry.Error is not null)
            message += "\n" + entry.Error;
        message = Harmless(message);
        return colored
            ? $"{ConsoleColors.Paint(time, ConsoleColors.Gray)} {ConsoleColors.Paint($"[{display}]", ConsoleColors.For(display))} {ConsoleColors.Paint(message, Of(entry.Level))}"
            : $"{time} [{display}] {message}";
    }

    /// <summary>Messages quote what strangers send; a terminal must not take orders from them.</summary>
    private static string Harmless(string text) =>
        text.Any(IsOrder) ? string.Concat(text.Select(c => IsOrder(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : c.ToString())) : text;

    private static bool IsOrder(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static int Of(LogLevel level) => level switch
    {
        >= LogLevel.Error => ConsoleColors.Red,
        LogLevel.Warning => ConsoleColors.Yellow,
        LogLevel.Information => ConsoleColors.Cyan,
        _ => ConsoleColors.Gray,
    };

    private static string Json(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("time", entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", LogLevelNames.Name(entry.Level));
            writer.WriteString("subsystem", entry.Subsystem);
            writer.WriteString("message", entry.Message);
            if (entry.Error is not null)
                writer.WriteString("error", entry.Error);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
