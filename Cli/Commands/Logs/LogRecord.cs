using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>One line of a log file: <c>{"0":…,"1":…,"_meta":{…},"time":…}</c>, the numbered members being what was logged.</summary>
/// <param name="Time">ISO 8601.</param>
/// <param name="Level">Like <c>info</c>.</param>
/// <param name="Subsystem">Who logged it, from the binding that the first member holds.</param>
/// <param name="Module">The same of modules without a subsystem.</param>
/// <param name="Message">What was logged, without the binding and the exception.</param>
/// <param name="Error">The exception with its stack.</param>
internal sealed record LogRecord(string? Time, string? Level, string? Subsystem, string? Module, string Message, string? Error)
{
    /// <summary>Null for a line of another kind, which is shown as it is.</summary>
    public static LogRecord? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LogRecord Read(JsonElement line)
    {
        string? time = null, level = null, subsystem = null, module = null, error = null;
        var parts = new SortedDictionary<int, string>();
        foreach (var member in line.EnumerateObject())
        {
            if (member.Name == "_meta")
                level = ReadMeta(member.Value, ref time);
            else if (member.Name == "time" && member.Value.ValueKind is JsonValueKind.String)
                time = member.Value.GetString();
            else if (!int.TryParse(member.Name, out var index))
                continue;
            else if (index == 0 && TryReadBinding(member.Value, ref subsystem, ref module))
                continue;
            else if (member.Value.Text("error") is { } thrown)
                error = thrown;
            else
                parts[index] = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        }
        return new LogRecord(time, level, subsystem, module, string.Join(' ', parts.Values), error);
    }

    private static string? ReadMeta(JsonElement meta, ref string? time)
    {
        time ??= meta.Text("date");
        return meta.Text("logLevelName")?.ToLowerInvariant();
    }

    /// <summary>A logger's binding is JSON in a string: <c>{"subsystem":"gateway/ws"}</c>.</summary>
    private static bool TryReadBinding(JsonElement value, ref string? subsystem, ref string? module)
    {
        if (value.ValueKind is not JsonValueKind.String || value.GetString() is not { } text || !text.StartsWith('{'))
            return false;
        try
        {
            using var binding = JsonDocument.Parse(text);
            subsystem = binding.RootElement.Text("subsystem");
            module = binding.RootElement.Text("module");
            return subsystem is not null || module is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
