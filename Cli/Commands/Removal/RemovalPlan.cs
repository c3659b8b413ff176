using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Removal;

/// <summary>How much of an instance a reset takes away.</summary>
internal enum ResetScope
{
    /// <summary>The configuration and its former versions.</summary>
    Config,

    /// <summary>Also credentials, paired devices and sessions.</summary>
    ConfigCredentialsSessions,

    /// <summary>The whole state, and the agents' workspaces.</summary>
    Full,
}

/// <summary>Which files and directories go.</summary>
internal sealed class RemovalPlan(GatewayEnvironment environment, ConfigSnapshot snapshot)
{
    /// <summary>At least one of them is in every state directory. What has none of them is something else, whatever a variable says.</summary>
    private static readonly string[] Marks = ["openclaw.json", "agents", "devices", "identity", "credentials", "queue", "completions"];

    private string State => environment.StateDirectory;

    /// <summary>What a reset of a scope removes, of what exists.</summary>
    public IReadOnlyList<string> Of(ResetScope scope) => Existing(scope switch
    {
        ResetScope.Config => ConfigFiles(),
        ResetScope.ConfigCredentialsSessions => [.. ConfigFiles(), environment.CredentialsDirectory, Path.Combine(State, "devices"), Path.Combine(State, "identity"), Path.Combine(State, "queue"), .. Sessions()],
        _ => [.. StateParts(), .. Workspaces()],
    });

    /// <summary>The state directory, and what of the state lies outside.</summary>
    public IReadOnlyList<string> StateParts() => Existing([State, .. ConfigFiles(), environment.CredentialsDirectory]);

    /// <summary>The agents' own directories.</summary>
    public IReadOnlyList<string> Workspaces()
    {
        var agents = snapshot.Root.Section("agents");
        var configured = agents.Sections("list").Prepend(agents.Section("defaults")).Select(static agent => agent.Text("workspace")).OfType<string>();
        return Existing([.. configured.Select(path => Path.GetFullPath(environment.ExpandPath(path))), environment.DefaultWorkspace]);
    }

    /// <summary>Why a path must not be removed; null when it may.</summary>
    public string? Refusal(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetPathRoot(full) == full || IsOrHolds(full, environment.HomeDirectory) || (environment.Get("HOME") is { } home && IsOrHolds(full, home)))
            return $"{full} is the root or holds the home directory.";
        if (new DirectoryInfo(full).LinkTarget is not null)
            return $"{environment.Display(full)} is a link; remove it yourself, and what it leads to if you want.";
        return full == Path.TrimEndingDirectorySeparator(State) && !Marks.Any(mark => Path.Exists(Path.Combine(full, mark)))
            ? $"{environment.Display(full)} does not look like a state directory."
            : null;
    }

    private IEnumerable<string> ConfigFiles()
    {
        var directory = Path.GetDirectoryName(environment.ConfigPath)!;
        var name = Path.GetFileName(environment.ConfigPath);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, name + "*").Where(path => path == environment.ConfigPath || path.StartsWith(environment.ConfigPath + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : [];
    }

    private IEnumerable<string> Sessions()
    {
        var agents = Path.Combine(State, "agents");
        return Directory.Exists(agents) ? Directory.EnumerateDirectories(agents).Select(static agent => Path.Combine(agent, "sessions")).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Those that exist, each once, and none that lies in another.</summary>
    private static List<string> Existing(IEnumerable<string> paths)
    {
        var found = paths.Where(Path.Exists).Select(static path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct(StringComparer.Ordinal).ToList();
        return [.. found.Where(path => !found.Any(other => other != path && IsOrHolds(other, path)))];
    }

    private static bool IsOrHolds(string directory, string path) =>
        (Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
