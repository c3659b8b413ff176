using System.Text;

namespace OpenClaw.Cli.Services.WindowsTask;

/// <summary>The batch file that a scheduled task runs.</summary>
internal static class TaskScript
{
    private const string LineEnd = "\r\n";

    /// <summary>A longer file is none of ours.</summary>
    private const long MostBytes = 256 * 1024;

    /// <summary>The text of the batch file.</summary>
    public static string Write(ServiceDefinition definition)
    {
        var text = new StringBuilder("@echo off").Append(LineEnd);
        // Without it the bytes of a path are read in the code page of the console.
        text.Append("chcp 65001 >nul").Append(LineEnd);
        text.Append("rem ").Append(definition.Description).Append(LineEnd);
        foreach (var (name, value) in definition.Environment)
            text.Append("set \"").Append(name).Append('=').Append(Escape(value)).Append('"').Append(LineEnd);
        text.AppendJoin(' ', definition.Arguments.Select(Quote)).Append(LineEnd);
        return text.ToString();
    }

    /// <summary>Why this cannot be a batch file; null when it can. There is no way to write a quote or the end of a line in one.</summary>
    public static string? Problem(ServiceDefinition definition) =>
        definition.Arguments.Concat(definition.Environment.Select(static pair => pair.Value)).Any(static text => text.Any(static c => char.IsControl(c) || c == '"'))
            ? "a path or a variable has quotes or control characters, which a batch file cannot hold"
            : null;

    /// <summary>Reads a batch file, of ours or of the peer; null when there is none that can be read.</summary>
    public static InstalledService? Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MostBytes })
                return null;
            var text = File.ReadAllText(path);
            var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            string? directory = null;
            List<string> command = [];
            foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.StartsWith('@') || line.StartsWith("rem ", StringComparison.OrdinalIgnoreCase) || line.StartsWith("chcp ", StringComparison.OrdinalIgnoreCase))
                    continue;
                if (line.StartsWith("cd /d ", StringComparison.OrdinalIgnoreCase))
                    directory = line["cd /d ".Length..].Trim().Trim('"');
                else if (line.StartsWith("set ", StringComparison.OrdinalIgnoreCase))
                    Add(variables, line["set ".Length..].Trim());
                else
                    command = Words(line);
            }
            return new InstalledService(command, path) { WorkingDirectory = directory, Environment = variables, Text = text };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Add(Dictionary<string, string> variables, string assignment)
    {
        if (assignment.StartsWith('"') && assignment.EndsWith('"') && assignment.Length > 1)
            assignment = assignment[1..^1];
        if (assignment.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
            variables[assignment[..at]] = assignment[(at + 1)..].Replace("%%", "%", StringComparison.Ordinal);
    }

    /// <summary>Words of a command line, as far as ones without quotes in them go.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quoted, any) = (false, false);
        foreach (var c in line.Replace("%%", "%", StringComparison.Ordinal))
        {
            if (c == '"')
                (quoted, any) = (!quoted, true);
            else if (char.IsWhiteSpace(c) && !quoted)
                End();
            else
                word.Append(c);
        }
        End();
        return words;

        void End()
        {
            if (any || word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
            any = false;
        }
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '\\' or '/') ? argument : $"\"{Escape(argument)}\"";

    /// <summary>In a batch file a per cent sign begins a variable, within quotes too.</summary>
    private static string Escape(string value) => value.Replace("%", "%%", StringComparison.Ordinal);
}
