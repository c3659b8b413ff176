namespace OpenClaw.Cli.Updates;

/// <summary>What an update did.</summary>
/// <param name="Status">ok, skipped or error.</param>
/// <param name="Reason">Why nothing was changed, or what went wrong.</param>
/// <param name="Before">Version before.</param>
/// <param name="After">Version in use now.</param>
/// <param name="Steps">What was done, and how long it took.</param>
internal sealed record UpdateResult(string Status, string? Reason, string Before, string After, IReadOnlyList<UpdateStep> Steps);

/// <summary>One step of an update.</summary>
/// <param name="Name">download, unpack, probe, install, switch, restart, health, rollback, or tidy when old versions could not be removed.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Problem">What went wrong, or null.</param>
internal sealed record UpdateStep(string Name, TimeSpan Duration, string? Problem = null);

/// <summary>
/// Puts a new version beside the one in use, tries it, and only then makes it the one in use; what does not work afterwards is taken back.
/// Killed anywhere, <c>current</c> names a version that works: it changes in one step, from one that ran to one that was tried. Whether the gateway
/// runs with it, the next update finds out first.
/// </summary>
/// <param name="layout">Where versions are.</param>
/// <param name="probe">Tries a version.</param>
/// <param name="gateway">Starts the gateway anew and looks whether it answers.</param>
/// <param name="time">Clock.</param>
/// <param name="onStep">Told before each step.</param>
internal sealed class Updater(InstallLayout layout, IVersionProbe probe, IUpdatedGateway? gateway, TimeProvider time, Func<string, Task> onStep)
{
    private readonly List<UpdateStep> _steps = [];

    /// <summary>Installs a version and switches to it.</summary>
    /// <param name="before">Version of this program.</param>
    /// <param name="manifest">What is to be installed.</param>
    /// <param name="fetch">Puts the archive into a file.</param>
    /// <param name="cancellation">Stops before the switch; after it, the update is carried through.</param>
    public async Task<UpdateResult> RunAsync(string before, UpdateManifest manifest, Func<string, CancellationToken, Task> fetch, CancellationToken cancellation)
    {
        Directory.CreateDirectory(layout.Versions);
        using var turn = TakeTurn();
        if (turn is null)
            return new UpdateResult("error", "another update is at work", before, before, []);
        layout.RemoveLeftovers();
        var switched = new Switch("", layout.CurrentName!, layout.PreviousName);
        var incoming = layout.MakeIncoming();
        try
        {
            var archive = Path.Combine(incoming, "archive");
            await StepAsync("download", () => fetch(archive, cancellation)).ConfigureAwait(false);
            var unpacked = "";
            await StepAsync("unpack", async () => unpacked = await PackageArchive.UnpackAsync(archive, Path.Combine(incoming, "unpacked"), cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            await StepAsync("probe", async () =>
            {
                if (await probe.ProblemOfAsync(unpacked, manifest.Version, cancellation).ConfigureAwait(false) is { } problem)
                    throw new UpdateException("the new version does not work here: " + problem);
            }).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var name = manifest.Version;
            await StepAsync("install", async () =>
            {
                await File.WriteAllTextAsync(Path.Combine(unpacked, "archive.sha256"), manifest.Sha256 + "\n", CancellationToken.None).ConfigureAwait(false);
                name = Place(unpacked, manifest);
            }).ConfigureAwait(false);
            switched = switched with { New = name };
            await StepAsync("switch", async () =>
            {
                if (gateway is not null)
                    await switched.RecordAsync(layout).ConfigureAwait(false);
                layout.Point(layout.Previous, switched.Old);
                layout.Point(layout.Current, name);
            }).ConfigureAwait(false);
            if (gateway is not null && await TakeOverAsync(gateway, manifest.Version, switched).ConfigureAwait(false) is { } failed)
                return End(new UpdateResult("error", failed, before, before, _steps));
            Switch.Forget(layout);
            RemoveOldVersions();
            return End(new UpdateResult("ok", null, before, manifest.Version, _steps));
        }
        catch (Exception e) when (e is UpdateException or IOException or UnauthorizedAccessException)
        {
            return End(new UpdateResult("error", e.Message, before, before, _steps));
        }
    }

    /// <summary>
    /// Goes on with an update that was cut short after its switch: whether the gateway runs with the new version was never seen. Null when there is none.
    /// </summary>
    /// <param name="running">Version of this program.</param>
    public async Task<UpdateResult?> ResumeAsync(string running)
    {
        using var turn = File.Exists(Switch.PathIn(layout)) && gateway is not null ? TakeTurn() : null;
        if (turn is null || gateway is null || Switch.Read(layout) is not { } switched)
            return null;
        try
        {
            var failed = await TakeOverAsync(gateway, switched.NewVersion, switched).ConfigureAwait(false);
            Switch.Forget(layout);
            return End(new UpdateResult(failed is null ? "ok" : "error", failed, switched.OldVersion, failed is null ? switched.NewVersion : switched.OldVersion, _steps));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return End(new UpdateResult("error", e.Message, running, running, _steps));
        }
    }

    /// <summary>Starts the gateway anew with the new version; when it does not answer, with the old one. Why it does not, or null.</summary>
    private async Task<string?> TakeOverAsync(IUpdatedGateway updated, string version, Switch switched)
    {
        string? problem = null;
        await StepAsync("restart", async () => problem = await updated.RestartAsync().ConfigureAwait(false)).ConfigureAwait(false);
        if (problem is null)
            await StepAsync("health", async () => problem = await updated.ProblemOfAsync(version).ConfigureAwait(false)).ConfigureAwait(false);
        if (problem is null)
            return null;
        string? worse = null;
        await StepAsync("rollback", async () =>
        {
            switched.TakeBack(layout);
            worse = await updated.RestartAsync().ConfigureAwait(false) is { } refused ? "the gateway could not be started with it: " + refused
                : await updated.ProblemOfAsync(null).ConfigureAwait(false) is { } silent ? "the gateway does not answer with it either: " + silent
                : null;
        }).ConfigureAwait(false);
        Switch.Forget(layout);
        return $"the gateway did not run with {version} ({problem}); {switched.Old} is in use again{(worse is null ? ", and the gateway answers" : ", but " + worse)}";
    }

    /// <summary>Gives the unpacked version its place. One that is there already stays as it is: programs may run from it.</summary>
    private string Place(string unpacked, UpdateManifest manifest)
    {
        var name = manifest.Version;
        if (Directory.Exists(layout.DirectoryOf(name)) && HashOf(name) != manifest.Sha256)
            name = $"{manifest.Version}-{manifest.Sha256[..8]}";
        if (!Directory.Exists(layout.DirectoryOf(name)))
            Directory.Move(unpacked, layout.DirectoryOf(name));
        return name;
    }

    private string? HashOf(string name)
    {
        var path = Path.Combine(layout.DirectoryOf(name), "archive.sha256");
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    private async Task StepAsync(string name, Func<Task> work)
    {
        await onStep(name).ConfigureAwait(false);
        var started = time.GetTimestamp();
        try
        {
            await work().ConfigureAwait(false);
            _steps.Add(new UpdateStep(name, time.GetElapsedTime(started)));
        }
        catch (Exception e) when (e is UpdateException or IOException or UnauthorizedAccessException)
        {
            _steps.Add(new UpdateStep(name, time.GetElapsedTime(started), e.Message));
            throw;
        }
    }

    private UpdateResult End(UpdateResult result)
    {
        layout.RemoveLeftovers();
        return result;
    }

    /// <summary>A directory that cannot be removed is no failure of an update that is in use already.</summary>
    private void RemoveOldVersions()
    {
        try
        {
            layout.RemoveOldVersions();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _steps.Add(new UpdateStep("tidy", TimeSpan.Zero, e.Message));
        }
    }

    /// <summary>Null when another update has it. The system gives it back with its holder.</summary>
    private FileStream? TakeTurn()
    {
        try
        {
            return new FileStream(Path.Combine(layout.Root, "update.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
