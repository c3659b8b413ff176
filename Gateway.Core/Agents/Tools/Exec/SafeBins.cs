namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>
/// Whether a filter program is used as nothing but a filter: it reads its input, writes its output, and touches no file.
/// </summary>
internal static class SafeBins
{
    /// <summary>Options by which filters read, write or run something else after all.</summary>
    private static readonly Dictionary<string, string[]> Denied = new(StringComparer.Ordinal)
    {
        ["sort"] = ["-o", "--output", "--compress-program", "-T", "--temporary-directory", "--files0-from", "--random-source"],
        ["grep"] = ["-r", "-R", "--recursive", "--dereference-recursive", "-f", "--file", "--exclude-from", "-d", "--directories"],
        ["jq"] = ["-f", "--from-file", "--slurpfile", "--rawfile", "--argfile", "-L", "--library-path", "--run-tests"],
        ["wc"] = ["--files0-from"],
        ["tail"] = ["-f", "-F", "--follow", "--retry"],
    };

    public static bool Allows(string program, IReadOnlyList<string> arguments, string cwd)
    {
        var denied = Denied.GetValueOrDefault(program, []);
        foreach (var argument in arguments)
        {
            if (denied.Any(option => IsOption(argument, option)) || LooksLikePath(argument, cwd))
                return false;
        }
        return program switch
        {
            // A second operand is the file to write.
            "uniq" => arguments.All(static argument => argument.StartsWith('-') || argument.All(char.IsAsciiDigit)),
            // Programs for jq can read the environment and name their input.
            "jq" => !arguments.Any(static argument => argument.Contains("env", StringComparison.OrdinalIgnoreCase) || argument.Contains("input", StringComparison.Ordinal) || argument.Contains("include", StringComparison.Ordinal) || argument.Contains("import", StringComparison.Ordinal)),
            _ => true,
        };
    }

    // Short options may be packed (-rn) or carry their value (-ofile); long ones may be shortened.
    private static bool IsOption(string argument, string option)
    {
        if (option.StartsWith("--", StringComparison.Ordinal))
        {
            var name = argument.Split('=', 2)[0];
            return name.Length > 2 && name.StartsWith("--", StringComparison.Ordinal) && option.StartsWith(name, StringComparison.Ordinal);
        }
        return argument.Length > 1 && argument[0] == '-' && argument[1] != '-' && argument.Contains(option[1], StringComparison.Ordinal);
    }

    private static bool LooksLikePath(string argument, string cwd)
    {
        var value = argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal) ? argument.Split('=', 2)[1] : argument;
        if (value is "-" or "")
            return false;
        if (value.Contains('/', StringComparison.Ordinal) || value.StartsWith('~') || value is "." or ".." || value.StartsWith("./", StringComparison.Ordinal))
            return true;
        return Path.Exists(Path.Combine(cwd, value));
    }
}
