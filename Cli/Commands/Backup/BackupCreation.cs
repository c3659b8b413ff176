using System.Globalization;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Bus.Hosting;
using OpenClaw.Gateway.Bus.Journal;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>
/// One <c>openclaw backup create</c>, with or without a gateway that runs. Queues are copied before what their messages lead to, and first
/// those that messages come in by: what is on its way at that moment is in the backup at least once, and a gateway takes it once.
/// </summary>
internal sealed class BackupCreation(CommandContext context, string? output, bool withWorkspaces, bool verify, bool json)
{
    /// <summary>The way of a message; other queues hold what is to go out.</summary>
    private static readonly string[] Upstream = ["channels.inbound", "channels.held", "agent.inbound"];

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        var environment = context.Environment;
        if (!Directory.Exists(environment.StateDirectory))
            return await context.FailAsync($"Error: there is nothing to back up: {environment.Display(environment.StateDirectory)} does not exist.").ConfigureAwait(false);
        var path = PathOf(output);
        if (Path.Exists(path))
            return await context.FailAsync($"Error: {path} exists; nothing was changed.").ConfigureAwait(false);
        if (path.StartsWith(Path.TrimEndingDirectorySeparator(environment.StateDirectory) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return await context.FailAsync($"Error: the backup would lie in what it holds ({environment.Display(environment.StateDirectory)}). Name another place with --output.").ConfigureAwait(false);
        var content = new BackupContent(environment, snapshot, withWorkspaces);
        int files;
        try
        {
            files = await WriteAsync(path, content, cancellation).ConfigureAwait(false);
            if (verify)
                await VerifyAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return await context.FailAsync($"Error: {path} was written, and cannot be restored: {e.Message}").ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        await ReportAsync(path, files, content).ConfigureAwait(false);
        return 0;
    }

    private string PathOf(string? wanted)
    {
        var full = Path.GetFullPath(context.Environment.ExpandPath(wanted) ?? ".");
        var name = string.Create(CultureInfo.InvariantCulture, $"openclaw-backup-{context.Time.GetUtcNow():yyyyMMdd-HHmmss}.tar.gz");
        return wanted is null || Directory.Exists(full) || wanted.EndsWith('/') ? Path.Combine(full, name) : full;
    }

    private async Task<int> WriteAsync(string path, BackupContent content, CancellationToken cancellation)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var staging = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var count = 0;
        try
        {
            PrivateDirectory.Create(staging);
            await WholeFile.WriteAsync(path, async (stream, token) => count = await WriteAsync(stream, staging, content, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            return count;
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private async Task<int> WriteAsync(Stream stream, string staging, BackupContent content, CancellationToken cancellation)
    {
        var writer = new BackupWriter(stream, context.Time.GetUtcNow());
        await using var closing = writer.ConfigureAwait(false);
        var bus = Path.Combine(context.Environment.StateDirectory, BackupContent.Queue);
        foreach (var queue in QueueSnapshot.Queues(bus).OrderBy(static queue => Array.IndexOf(Upstream, queue) is >= 0 and var place ? place : Upstream.Length))
            QueueSnapshot.Copy(bus, queue, staging, cancellation);
        foreach (var file in Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await writer.AddAsync(ArchiveName.Of(BackupContent.State + "/" + BackupContent.Queue, staging, file), file, cancellation).ConfigureAwait(false);
        foreach (var (name, path) in content.Files())
            await writer.AddAsync(name, path, cancellation).ConfigureAwait(false);
        var environment = context.Environment;
        await writer.FinishAsync(new BackupManifest(context.Time.GetUtcNow(), ProductVersion.Number, environment.StateDirectory, environment.ConfigPath, writer.Files), cancellation).ConfigureAwait(false);
        return writer.Files.Count;
    }

    /// <summary>Reads a backup to its end.</summary>
    public static async Task<BackupManifest> VerifyAsync(string path, CancellationToken cancellation)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var closing = file.ConfigureAwait(false);
        var targets = new HashSet<string>(StringComparer.Ordinal);
        return await new BackupReader(BackupLimits.Usual).ReadAsync(file, Check, cancellation).ConfigureAwait(false);

        Task Check(string name, bool isProgram, Stream content, CancellationToken token) =>
            ArchiveName.Target(name) is not { } target ? throw ArchiveName.Foreign(name)
            : !targets.Add(target) ? throw new InvalidDataException($"It holds two files for one place: {target}")
            : Task.CompletedTask;
    }

    private async Task ReportAsync(string path, int files, BackupContent content)
    {
        var warnings = content.LeftOut.Select(static what => "Not in the backup: " + what).ToList();
        if (context.Environment.Get("ConnectionStrings__" + GatewayBusExtensions.ConnectionName) is not null)
            warnings.Add("Not in the backup: messages that wait in Redis.");
        foreach (var warning in warnings)
            await context.Error.WriteLineAsync("Warning: " + TerminalText.HarmlessLine(warning)).ConfigureAwait(false);
        var size = new FileInfo(path).Length;
        await context.Out.WriteLineAsync(json
            ? JsonText.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("path", path);
                writer.WriteNumber("bytes", size);
                writer.WriteNumber("files", files);
                writer.WriteBoolean("verified", verify);
                writer.WriteEndObject();
            })
            : string.Create(CultureInfo.InvariantCulture, $"Backup: {path} ({files} files, {size / 1024} KiB{(verify ? ", verified" : "")}). It holds secrets; keep it to yourself.")).ConfigureAwait(false);
    }
}
