using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Completion;

/// <summary>One <c>openclaw completion</c>.</summary>
internal sealed class CompletionRun(CommandContext context, string shellName, bool install, bool yes, bool writeState)
{
    /// <summary>Stands over the line in a profile, also where the original put it there.</summary>
    private const string Mark = "# OpenClaw Completion";

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (ShellFiles.Parse(shellName) is not { } shell)
            return await context.FailAsync($"error: option '-s, --shell <shell>' argument '{shellName}' is invalid. Allowed choices are zsh, bash, powershell, fish.").ConfigureAwait(false);
        try
        {
            if (writeState)
                await ShellFiles.WriteScriptsAsync(context, ShellFiles.All, cancellation).ConfigureAwait(false);
            if (install)
                return await InstallAsync(shell, cancellation).ConfigureAwait(false);
            if (!writeState)
                await context.Out.WriteAsync(CompletionScripts.Write(shell, CommandWords.Of(CommandTree.Build(context, [])))).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
    }

    private async Task<int> InstallAsync(Shell shell, CancellationToken cancellation)
    {
        var profile = shell.ProfilePath(context.Environment);
        var script = shell.ScriptPath(context.Environment);
        var line = shell.SourceLine(script);
        var known = File.Exists(profile) ? await File.ReadAllTextAsync(profile, cancellation).ConfigureAwait(false) : "";
        if (!known.Contains(line, StringComparison.Ordinal) && !await AgreesAsync(profile, cancellation).ConfigureAwait(false))
            return await context.FailAsync($"Nothing was changed. To add it to {context.Environment.Display(profile)} without being asked: --install --yes").ConfigureAwait(false);
        await ShellFiles.WriteScriptsAsync(context, [shell], cancellation).ConfigureAwait(false);
        if (!known.Contains(line, StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(profile)!);
            // Added at the end in one write, and through a link: profiles are often kept in a repository.
            await File.AppendAllTextAsync(profile, $"{(known.Length == 0 || known.EndsWith('\n') ? "" : "\n")}{Mark}\n{line}\n", cancellation).ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync($"Completion for {shell.Name()} is installed: {context.Environment.Display(profile)} reads {context.Environment.Display(script)}. It works in the next shell.").ConfigureAwait(false);
        return 0;
    }

    private async Task<bool> AgreesAsync(string profile, CancellationToken cancellation)
    {
        if (yes || !context.Console.IsTerminal)
            return yes;
        await context.Out.WriteAsync($"Add two lines to {context.Environment.Display(profile)}? [y/N] ").ConfigureAwait(false);
        using var input = context.OpenInput();
        return (await input.ReadLineAsync(cancellation).ConfigureAwait(false))?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
