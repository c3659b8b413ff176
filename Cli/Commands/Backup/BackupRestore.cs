using System.Globalization;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>
/// One <c>openclaw backup restore</c>. Everything is unpacked beside the directory and checked before the directory is touched; then it
/// changes places with what was there, which is kept under another name.
/// </summary>
internal sealed class BackupRestore(CommandContext context, string archive, string? into, bool force, bool withQueue)
{
    /// <summary>What a system needs to go on breathing.</summary>
    private const long Reserve = 100L << 20;

    private const UnixFileMode OwnerProgram = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(context.Environment.ExpandPath(into) ?? context.Environment.StateDirectory));
        if (await InterruptedRestore.FinishAsync(target, context).ConfigureAwait(false) is { } unfinished)
            return await context.FailAsync("Error: " + unfinished).ConfigureAwait(false);
        if (Refusal(target) is { } refusal)
            return await context.FailAsync("Error: " + refusal).ConfigureAwait(false);
        var fresh = $"{target}{DirectorySwap.FreshSuffix}{Guid.NewGuid():N}";
        try
        {
            PrivateDirectory.Create(fresh);
            var manifest = await UnpackAsync(fresh, cancellation).ConfigureAwait(false);
            // The gateway may have been started meanwhile.
            if (Refusal(target) is { } late)
                return await context.FailAsync("Error: " + late).ConfigureAwait(false);
            var former = new DirectorySwap(target).Replace(fresh, string.Create(CultureInfo.InvariantCulture, $"{target}.before-restore-{context.Time.GetUtcNow().ToUnixTimeMilliseconds()}"));
            await ReportAsync(manifest, target, former).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync($"Error: {context.Environment.Display(Path.GetFullPath(archive))} was not restored: {e.Message} {context.Environment.Display(target)} is as it was.").ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
        }
    }

    private string? Refusal(string target)
    {
        if (!File.Exists(archive))
            return $"no such file: {archive}";
        if (Path.GetPathRoot(target) == target || target == Path.TrimEndingDirectorySeparator(context.Environment.HomeDirectory))
            return $"{target} is no directory for a state.";
        if (File.Exists(target))
            return $"{target} is a file.";
        if (target == Path.TrimEndingDirectorySeparator(context.Environment.StateDirectory) && GatewayLockState.Read(context.Environment) is { OwnerIsAlive: true } running)
            return string.Create(CultureInfo.InvariantCulture, $"the gateway runs (process {running.OwnerPid}). Stop it first.");
        if (IsHeld(Path.Combine(target, BackupContent.Queue, "lock")))
            return $"a gateway works in {context.Environment.Display(target)}. Stop it first.";
        return !force && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()
            ? $"{context.Environment.Display(target)} is not empty. --force keeps it under another name and puts the backup in its place; --into <dir> restores elsewhere."
            : null;
    }

    /// <summary>Whether a process has the bus's lock on a state directory. The system takes it from processes that end.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task<BackupManifest> UnpackAsync(string directory, CancellationToken cancellation)
    {
        var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var closing = file.ConfigureAwait(false);
        var room = Math.Max(0, new DriveInfo(directory).AvailableFreeSpace - Reserve);
        var reader = new BackupReader(BackupLimits.Usual with { MostBytes = Math.Min(room, BackupLimits.Usual.MostBytes) });
        return await reader.ReadAsync(file, (name, isProgram, content, token) => PutAsync(directory, name, isProgram, content, token), cancellation).ConfigureAwait(false);
    }

    private async Task PutAsync(string directory, string name, bool isProgram, Stream content, CancellationToken cancellation)
    {
        if (ArchiveName.Target(name) is not { } relative)
            throw ArchiveName.Foreign(name);
        if (!withQueue && relative.StartsWith(BackupContent.Queue + "/", StringComparison.Ordinal))
            return;
        var path = Path.GetFullPath(Path.Combine(directory, relative));
        // Names are checked where they are read; this holds even if that should ever be wrong.
        if (!path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new InvalidDataException("It holds a name that leads elsewhere.");
        PrivateDirectory.Create(Path.GetDirectoryName(path)!);
        var file = WholeFile.Create(path);
        await using var closing = file.ConfigureAwait(false);
        await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
        await file.FlushAsync(cancellation).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        if (isProgram && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, OwnerProgram);
    }

    private async Task ReportAsync(BackupManifest manifest, string target, string? former)
    {
        var environment = context.Environment;
        await context.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Restored {manifest.Files.Count} files of {manifest.CreatedAt:yyyy-MM-dd HH:mm} UTC to {environment.Display(target)}.")).ConfigureAwait(false);
        if (former is not null)
            await context.Out.WriteLineAsync($"What was there is kept: {environment.Display(former)}").ConfigureAwait(false);
        if (!withQueue)
            await context.Out.WriteLineAsync("Messages that waited when the backup was made were left out.").ConfigureAwait(false);
        if (Directory.Exists(Path.Combine(target, BackupContent.Workspaces)))
            await context.Out.WriteLineAsync($"Workspaces from outside the state directory are in {environment.Display(Path.Combine(target, BackupContent.Workspaces))}; move them where the configuration says.").ConfigureAwait(false);
        if (manifest.StateDirectory != target)
            await context.Out.WriteLineAsync($"It was made of {manifest.StateDirectory}. Look for paths in the configuration, such as agents.defaults.workspace; use it with OPENCLAW_STATE_DIR={target}").ConfigureAwait(false);
    }
}
