using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>How log lines are printed.</summary>
internal enum LogStyle
{
    /// <summary><c>ISO-time level subsystem message</c>.</summary>
    Plain,

    /// <summary><c>HH:MM:SS level subsystem message</c>, for a terminal.</summary>
    Pretty,

    /// <summary>One JSON object per line.</summary>
    Json,
}

/// <summary>Prints pieces of a log, and what has to be said between them.</summary>
internal sealed class LogPrinter(CommandContext context, LogStyle style)
{
    private const int Red = 31;
    private const int Yellow = 33;
    private const int Cyan = 36;
    private const int Gray = 90;

    private string? _file;

    /// <summary>Prints lines; the file they are from is named when it is another one than before.</summary>
    public async Task PrintAsync(LogPiece piece)
    {
        var text = new StringBuilder();
        if (style is LogStyle.Json && _file is null)
            text.Append(JsonText.WriteLine(writer => WriteMeta(writer, piece))).Append('\n');
        else if (style is not LogStyle.Json && _file != piece.File)
            text.Append("Log file: ").Append(TerminalText.Harmless(piece.File)).Append('\n');
        _file = piece.File;
        foreach (var line in piece.Lines)
            text.Append(Format(line)).Append('\n');
        if (text.Length > 0)
            await context.Out.WriteAsync(text.ToString()).ConfigureAwait(false);
        if (piece.Truncated)
            await NoticeAsync("Log tail truncated (increase --max-bytes).").ConfigureAwait(false);
        if (piece.Reset)
            await NoticeAsync("Log cursor reset (file rotated).").ConfigureAwait(false);
    }

    /// <summary>Says something that is no line of the log.</summary>
    public async Task NoticeAsync(string message)
    {
        if (style is LogStyle.Json)
        {
            await context.Out.WriteLineAsync(JsonText.WriteLine(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type", "notice");
                writer.WriteString("message", message);
                writer.WriteEndObject();
            })).ConfigureAwait(false);
        }
        else
        {
            await context.Error.WriteLineAsync(message).ConfigureAwait(false);
        }
    }

    private string Format(string line)
    {
        var record = LogRecord.Parse(line);
        if (style is LogStyle.Json)
            return JsonText.WriteLine(writer => Write(writer, line, record));
        if (record is null)
            return TerminalText.Harmless(line);
        var time = style is LogStyle.Pretty && record.Time is { Length: >= 19 } iso ? iso[11..19] : record.Time;
        var source = record.Subsystem ?? record.Module;
        return string.Join(' ', new[]
        {
            Paint(time, Gray), Paint(record.Level, ColorOf(record.Level)), Paint(source, Gray),
            TerminalText.Harmless(record.Error is null ? record.Message : record.Message + "\n" + record.Error),
        }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private string? Paint(string? text, int color)
    {
        if (text is null)
            return null;
        text = TerminalText.Harmless(text);
        return style is LogStyle.Pretty && context.Console.Color ? $"\e[{color}m{text}\e[39m" : text;
    }

    private static int ColorOf(string? level) => level switch
    {
        "error" or "fatal" => Red,
        "warn" => Yellow,
        "info" => Cyan,
        _ => Gray,
    };

    private static void WriteMeta(Utf8JsonWriter writer, LogPiece piece)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "meta");
        writer.WriteString("file", piece.File);
        writer.WriteNumber("cursor", piece.Cursor);
        writer.WriteNumber("size", piece.Size);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string line, LogRecord? record)
    {
        writer.WriteStartObject();
        writer.WriteString("type", record is null ? "raw" : "log");
        if (record is not null)
        {
            WriteOptional(writer, "time", record.Time);
            WriteOptional(writer, "level", record.Level);
            WriteOptional(writer, "subsystem", record.Subsystem);
            WriteOptional(writer, "module", record.Module);
            writer.WriteString("message", record.Message);
        }
        writer.WriteString("raw", line);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
