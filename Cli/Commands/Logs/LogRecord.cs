using System.Text.Json;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>One line of a log file: <c>{"0":…,"1":…,"_meta":{…},"time":…}</c>, the numbered members being what was logged.</summary>
/// <param name="Time">ISO 8601.</param>
/// <param name="Level">Like <c>info</c>.</param>
/// <param name="Subsystem">Who logged it, from the binding that the first member holds.</param>
/// <param name="Module">The same of modules without a subsystem.</param>
/// <param name="Message">What was logged, without the binding.</param>
internal sealed record LogRecord(string? Time, string? Level, string? Subsystem, string? Module, string Message)
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
        string? time = null, level = null, subsystem = null, module = null;
        var parts = new SortedDictionary<int, string>();
        foreach (var member in line.EnumerateObject())
        {
            if (member.Name == "_meta")
                level = ReadMeta(member.Value, ref time);
            else if (member.Name == "time" && member.Value.ValueKind is JsonValueKind.String)
                time = member.Value.GetString();
            else if (!int.TryParse(member.Name, out var index))
                continue;
            else if (index != 0 || !TryReadBinding(member.Value, ref subsystem, ref module))
                parts[index] = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        }
        return new LogRecord(time, level, subsystem, module, string.Join(' ', parts.Values));
    }

    private static string? ReadMeta(JsonElement meta, ref string? time)
    {
        if (meta.ValueKind is not JsonValueKind.Object)
            return null;
        if (time is null && meta.TryGetProperty("date", out var date) && date.ValueKind is JsonValueKind.String)
            time = date.GetString();
        return meta.TryGetProperty("logLevelName", out var level) && level.ValueKind is JsonValueKind.String ? level.GetString()!.ToLowerInvariant() : null;
    }

    /// <summary>A logger's binding is JSON in a string: <c>{"subsystem":"gateway/ws"}</c>.</summary>
    private static bool TryReadBinding(JsonElement value, ref string? subsystem, ref string? module)
    {
        if (value.ValueKind is not JsonValueKind.String || value.GetString() is not { } text || !text.StartsWith('{'))
            return false;
        try
        {
            using var binding = JsonDocument.Parse(text);
            foreach (var member in binding.RootElement.EnumerateObject())
            {
                if (member.Name == "subsystem")
                    subsystem = member.Value.ToString();
                else if (member.Name == "module")
                    module = member.Value.ToString();
            }
            return subsystem is not null || module is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
