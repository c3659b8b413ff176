using System.Globalization;
using System.Runtime.InteropServices;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Updates;

namespace OpenClaw.Cli.Commands.Update;

/// <summary>One <c>openclaw update</c> or <c>update status</c>.</summary>
internal sealed class UpdateRun(CommandContext context, UpdateArguments arguments)
{
    private const string NoFeed = $"there is no feed: name one with --feed or {UpdateCommand.FeedVariable}";

    private readonly UpdateReport _report = new(context, arguments.Json);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        if (Wrong(out var seconds) is { } wrong)
            return await context.FailAsync(wrong).ConfigureAwait(false);
        if (InstallLayout.Of(context.ServiceHost.ProgramPath) is not { } layout)
        {
            return await _report.EndAsync(null, new UpdateResult("error",
                "this openclaw was not installed by install.sh: update it in the way it came here (its package manager, or its checkout)", ProductVersion.Number, ProductVersion.Number, [])).ConfigureAwait(false);
        }
        // What was cut short needs no feed any more.
        var isCutShort = !arguments.NoRestart && Switch.Read(layout) is not null;
        var feed = Feed;
        if (feed is null && !isCutShort)
            return await _report.EndAsync(layout, Failed(NoFeed)).ConfigureAwait(false);
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var gateway = arguments.NoRestart ? null : await ServiceGateway.FindAsync(context, snapshot, either.Token).ConfigureAwait(false);
            var updater = new Updater(layout, new VersionProbe(context.Environment, snapshot, context.Time), gateway, context.Time, _report.StepAsync);
            if (isCutShort && await updater.ResumeAsync(ProductVersion.Number).ConfigureAwait(false) is { } resumed)
                return await _report.EndAsync(layout, resumed, wasRestarted: true).ConfigureAwait(false);
            return await UpdateAsync(layout, feed, updater, gateway is not null, either.Token).ConfigureAwait(false);
        }
        catch (UpdateException e)
        {
            return await _report.EndAsync(layout, Failed(e.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            layout.RemoveLeftovers();
            return await _report.EndAsync(layout, Failed("it took too long; nothing was changed")).ConfigureAwait(false);
        }
    }

    public async Task<int> StatusAsync(CancellationToken cancellation)
    {
        if (Wrong(out var seconds) is { } wrong)
            return await context.FailAsync(wrong).ConfigureAwait(false);
        var layout = InstallLayout.Of(context.ServiceHost.ProgramPath);
        UpdateManifest? available = null;
        string? problem = null;
        if (Feed is { } feed)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            try
            {
                using var source = new UpdateSource(feed);
                available = await source.AskAsync(Channel, Version, RuntimeInformation.RuntimeIdentifier, either.Token).ConfigureAwait(false);
            }
            catch (UpdateException e)
            {
                problem = e.Message;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                problem = "the feed does not answer in time";
            }
        }
        await _report.StatusAsync(layout, Feed, Channel, available, problem).ConfigureAwait(false);
        return 0;
    }

    private string Channel => arguments.Channel ?? (arguments.Tag is "beta" or "dev" ? arguments.Tag : "stable");

    private string? Version => arguments.Tag is null or "latest" or "stable" or "beta" or "dev" ? null : arguments.Tag;

    private string? Feed => arguments.Feed?.Trim() is { Length: > 0 } given ? given : context.Environment.Get(UpdateCommand.FeedVariable);

    private static UpdateResult Failed(string reason) => new("error", reason, ProductVersion.Number, ProductVersion.Number, []);

    private string? Wrong(out int seconds)
    {
        if (!int.TryParse(arguments.Timeout, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is <= 0 or > 86_400)
            return "--timeout must be a positive integer (seconds)";
        if (arguments.Channel is not (null or "stable" or "beta" or "dev"))
            return "--channel must be \"stable\", \"beta\", or \"dev\"";
        return Version is { } version && !UpdateManifest.IsVersion(version) ? $"Invalid --tag \"{version}\" (use a version, latest, beta or dev)." : null;
    }

    private async Task<int> UpdateAsync(InstallLayout layout, string? feed, Updater updater, bool restarts, CancellationToken cancellation)
    {
        if (feed is null)
            return await _report.EndAsync(layout, Failed(NoFeed)).ConfigureAwait(false);
        using var source = new UpdateSource(feed);
        var manifest = await source.AskAsync(Channel, Version, RuntimeInformation.RuntimeIdentifier, cancellation).ConfigureAwait(false);
        var before = ProductVersion.Number;
        if (IsInUse(layout, manifest))
            return await _report.EndAsync(layout, new UpdateResult("skipped", "already-current", before, before, [])).ConfigureAwait(false);
        if (VersionOrder.Compare(manifest.Version, before) < 0 && !arguments.Yes && !await AgreesAsync(manifest.Version, before).ConfigureAwait(false))
            return await _report.EndAsync(layout, new UpdateResult("skipped", $"{manifest.Version} is older than {before}; --yes installs it all the same", before, before, [])).ConfigureAwait(false);
        var result = await updater.RunAsync(before, manifest, (path, stop) => source.DownloadAsync(manifest, Channel, path, stop), cancellation).ConfigureAwait(false);
        return await _report.EndAsync(layout, result, wasRestarted: restarts).ConfigureAwait(false);
    }

    private static bool IsInUse(InstallLayout layout, UpdateManifest manifest)
    {
        var hash = Path.Combine(layout.Current, "archive.sha256");
        return File.Exists(hash) && File.ReadAllText(hash).Trim() == manifest.Sha256;
    }

    private async Task<bool> AgreesAsync(string version, string before)
    {
        if (context.Keyboard is not { } keyboard)
            return false;
        await context.Out.WriteAsync($"{version} is older than {before}, which is in use. Install it? [y/N] ").ConfigureAwait(false);
        return keyboard.ReadLine(hidden: false)?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
