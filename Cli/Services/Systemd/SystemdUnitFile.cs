namespace OpenClaw.Cli.Services.Systemd;

/// <summary>Reads units: ours, the peer's, and those that somebody edited.</summary>
internal static class SystemdUnitFile
{
    /// <summary>A longer file is no unit.</summary>
    private const long MostBytes = 1024 * 1024;

    /// <summary>Reads a unit and its drop-ins; null when there is none that can be read.</summary>
    /// <param name="path">The unit.</param>
    /// <param name="home">What <c>%h</c> stands for.</param>
    public static InstalledService? Read(string path, string home)
    {
        if (ReadText(path) is not { } text)
            return null;
        var all = text;
        foreach (var dropIn in DropIns(path + ".d"))
            all += "\n" + ReadText(dropIn);
        var arguments = new List<string>();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        string? directory = null;
        foreach (var (section, key, value) in Settings(all))
        {
            if (section != "Service")
                continue;
            if (key == "ExecStart")
                arguments = [.. SystemdSyntax.Words(value).Select((word, i) => Expand(i == 0 ? word.TrimStart('@', '-', ':', '+', '!') : word.Replace("$$", "$", StringComparison.Ordinal), home))];
            else if (key == "WorkingDirectory")
                directory = value.Length == 0 ? null : Expand(value, home);
            else if (key == "Environment")
                Add(variables, value, home);
        }
        return new InstalledService(arguments, path) { WorkingDirectory = directory, Environment = variables, Text = text };
    }

    /// <summary>The settings of a unit, in order.</summary>
    public static IEnumerable<(string Section, string Key, string Value)> Settings(string text)
    {
        var section = "";
        foreach (var line in Lines(text))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
                section = line[1..^1];
            else if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                yield return (section, line[..at].TrimEnd(), line[(at + 1)..].TrimStart());
        }
    }

    private static void Add(Dictionary<string, string> variables, string value, string home)
    {
        // An empty value takes back all that came before.
        if (value.Length == 0)
            variables.Clear();
        foreach (var word in SystemdSyntax.Words(value))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                variables[word[..at]] = Expand(word[(at + 1)..], home);
        }
    }

    /// <summary>Lines without comments; a backslash at the end joins the next one.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        var joined = "";
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('#') || line.StartsWith(';'))
                continue;
            if (line.EndsWith('\\'))
            {
                joined += line[..^1] + " ";
                continue;
            }
            line = joined + line;
            joined = "";
            if (line.Length > 0)
                yield return line;
        }
        if (joined.Length > 0)
            yield return joined;
    }

    /// <summary>The specifiers that occur in practice; others are left as they are.</summary>
    private static string Expand(string text, string home) =>
        text.Contains('%', StringComparison.Ordinal)
            ? string.Join('%', text.Split("%%").Select(part => part.Replace("%h", home, StringComparison.Ordinal)))
            : text;

    private static IEnumerable<string> DropIns(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.conf").Order(StringComparer.Ordinal).ToList() : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes } ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
