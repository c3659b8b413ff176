using System.CommandLine;
using System.Globalization;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary><c>openclaw backup</c>: keeps all of an instance in one file, and brings it back.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context) => new("backup", "Keep all of this instance in one file, and bring it back.")
    {
        Creation(context),
        Verification(context),
        Restore(context),
    };

    private static Command Creation(CommandContext context)
    {
        var output = new Option<string?>("--output", "-o") { Description = "File or directory to write to; here when nothing is said.", HelpName = "path" };
        var withoutWorkspaces = new Option<bool>("--no-include-workspace") { Description = "Without the agents' files." };
        var verify = new Option<bool>("--verify") { Description = "Read it again when it is written." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("create", "Write a backup. The gateway may run meanwhile.") { output, withoutWorkspaces, verify, json };
        command.SetAction((result, cancellation) => new BackupCreation(
            context, result.GetValue(output), !result.GetValue(withoutWorkspaces), result.GetValue(verify), result.GetValue(json)).ExecuteAsync(cancellation));
        return command;
    }

    private static Command Verification(CommandContext context)
    {
        var archive = new Argument<string>("file") { Description = "A backup." };
        var command = new Command("verify", "Read a backup to its end, and compare it with its manifest.") { archive };
        command.SetAction((result, cancellation) => VerifyAsync(context, result.GetValue(archive)!, cancellation));
        return command;
    }

    private static Command Restore(CommandContext context)
    {
        var archive = new Argument<string>("file") { Description = "A backup." };
        var into = new Option<string?>("--into") { Description = "Directory to restore to, instead of the state directory.", HelpName = "dir" };
        var force = new Option<bool>("--force") { Description = "Put it in the place of a directory that is not empty; that one is kept." };
        var withoutQueue = new Option<bool>("--without-queue") { Description = "Forget messages that were not answered, or not sent, when the backup was made." };
        var command = new Command("restore", "Bring a backup back. The gateway must not run.") { archive, into, force, withoutQueue };
        command.SetAction((result, cancellation) => new BackupRestore(
            context, result.GetValue(archive)!, result.GetValue(into), result.GetValue(force), !result.GetValue(withoutQueue)).ExecuteAsync(cancellation));
        return command;
    }

    private static async Task<int> VerifyAsync(CommandContext context, string path, CancellationToken cancellation)
    {
        try
        {
            var manifest = await BackupCreation.VerifyAsync(path, cancellation).ConfigureAwait(false);
            await context.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Backup OK: {manifest.Files.Count} files, {manifest.Files.Sum(static file => file.Size)} bytes, made {manifest.CreatedAt:yyyy-MM-dd HH:mm} UTC by {manifest.Version}")).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"Error: {path} cannot be restored: {e.Message}").ConfigureAwait(false);
        }
    }
}
