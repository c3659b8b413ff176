using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Completion;

/// <summary>A shell that can complete.</summary>
internal enum Shell
{
    Zsh,
    Bash,
    PowerShell,
    Fish,
}

/// <summary>Where a shell's files are.</summary>
internal static class ShellFiles
{
    public static readonly Shell[] All = [Shell.Zsh, Shell.Bash, Shell.PowerShell, Shell.Fish];

    /// <summary>The name that is typed.</summary>
    public static string Name(this Shell shell) => shell.ToString().ToLowerInvariant();

    public static Shell? Parse(string name) => All.Cast<Shell?>().FirstOrDefault(shell => shell!.Value.Name() == name);

    /// <summary>The kept script of a shell.</summary>
    public static string ScriptPath(this Shell shell, GatewayEnvironment environment) =>
        Path.Combine(environment.StateDirectory, "completions", "openclaw." + (shell is Shell.PowerShell ? "ps1" : shell.Name()));

    /// <summary>The file that the shell reads when it starts.</summary>
    public static string ProfilePath(this Shell shell, GatewayEnvironment environment)
    {
        var home = environment.Get("HOME") ?? environment.HomeDirectory;
        return shell switch
        {
            Shell.Zsh => Path.Combine(environment.Get("ZDOTDIR") ?? home, ".zshrc"),
            Shell.Bash => Path.Combine(home, ".bashrc"),
            Shell.Fish => Path.Combine(environment.Get("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config"), "fish", "config.fish"),
            _ => Path.Combine(environment.Get("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config"), "powershell", "Microsoft.PowerShell_profile.ps1"),
        };
    }

    /// <summary>The line of a profile that reads a script, if it is there.</summary>
    public static string SourceLine(this Shell shell, string script) => shell switch
    {
        Shell.Fish => $"test -f {shell.Quote(script)}; and source {shell.Quote(script)}",
        Shell.PowerShell => $"if (Test-Path {shell.Quote(script)}) {{ . {shell.Quote(script)} }}",
        _ => $"[ -f {shell.Quote(script)} ] && . {shell.Quote(script)}",
    };

    /// <summary>A line that cannot be parsed would break every shell of somebody whose home directory has an apostrophe.</summary>
    private static string Quote(this Shell shell, string path) => "'" + (shell switch
    {
        Shell.Fish => path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal),
        Shell.PowerShell => path.Replace("'", "''", StringComparison.Ordinal),
        _ => path.Replace("'", "'\\''", StringComparison.Ordinal),
    }) + "'";

    /// <summary>Writes the scripts of all shells, or of one.</summary>
    public static async Task WriteScriptsAsync(CommandContext context, IEnumerable<Shell> shells, CancellationToken cancellation)
    {
        var tree = CommandWords.Of(CommandTree.Build(context, []));
        foreach (var shell in shells)
        {
            var path = shell.ScriptPath(context.Environment);
            PrivateDirectory.Create(Path.GetDirectoryName(path)!);
            var script = System.Text.Encoding.UTF8.GetBytes(CompletionScripts.Write(shell, tree));
            await WholeFile.WriteAsync(path, (stream, token) => stream.WriteAsync(script, token).AsTask(), cancellation).ConfigureAwait(false);
        }
    }
}
