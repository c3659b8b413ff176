using System.Globalization;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.ServiceDefaults;

namespace OpenClaw.Cli.Services.Launchd;

/// <summary>The gateway as a launch agent of the user. A restart is a kickstart: it never unloads the agent, so that whatever fails on the way leaves it loaded.</summary>
internal sealed class LaunchdService(GatewayEnvironment environment, ServiceHost host, IProcessRunner runner, TimeProvider time) : IServiceSupervisor
{
    /// <summary>The first user of a Mac, for a system that does not tell who runs this.</summary>
    private const uint FirstUser = 501;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private string Home => environment.Get("HOME") ?? environment.HomeDirectory;

    private string Domain => string.Create(CultureInfo.InvariantCulture, $"gui/{environment.UserId ?? FirstUser}");

    private string Target => $"{Domain}/{Name}";

    public string Label => "LaunchAgent";

    public string LoadedText => "loaded";

    public string NotLoadedText => "not loaded";

    public string Name => ServiceNames.Of(environment).Label;

    public string DefinitionPath => PathOf(Name);

    public bool IsSystemWide => false;

    public string StartHint => $"launchctl bootstrap gui/$UID {DefinitionPath}";

    public string LogHint => $"Logs: {Path.Combine(environment.StateDirectory, "logs", LogName + ".err.log")}";

    private string LogName => environment.Get("OPENCLAW_LOG_PREFIX") ?? "gateway";

    public async Task<ServicePresence> FindAsync(CancellationToken cancellation)
    {
        var printed = await LaunchctlAsync(host.AnswerPatience, cancellation, "print", Target).ConfigureAwait(false);
        return new ServicePresence(printed.Succeeded, Unavailable(printed));
    }

    public async Task<ServiceRuntime> ReadRuntimeAsync(CancellationToken cancellation)
    {
        var printed = await LaunchctlAsync(host.AnswerPatience, cancellation, "print", Target).ConfigureAwait(false);
        if (Unavailable(printed) is { } failure)
            return new ServiceRuntime(ServiceRuntime.Unknown) { Detail = "Error: " + failure.Message };
        if (!printed.Succeeded)
            return new ServiceRuntime(ServiceRuntime.Stopped) { IsMissing = true, Detail = printed.Detail };
        return LaunchctlPrint.Parse(printed.Out) with { IsCached = !File.Exists(DefinitionPath) };
    }

    public InstalledService? ReadDefinition() => LaunchdPlist.Read(DefinitionPath);

    public async Task<ServiceOutcome> InstallAsync(ServiceDefinition definition, bool force, CancellationToken cancellation)
    {
        if (LaunchdPlist.Problem(definition) is { } problem)
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.Unusable, problem));
        if (Unavailable(await LaunchctlAsync(host.AnswerPatience, cancellation, "print", Domain).ConfigureAwait(false)) is { } unavailable)
            return ServiceOutcome.Failed(unavailable);
        if (DefinitionFile.Obstacle(DefinitionPath, Name, force) is { } obstacle)
            return ServiceOutcome.Failed(obstacle);
        try
        {
            Directory.CreateDirectory(definition.LogDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.NotPermitted, $"{definition.LogDirectory} cannot be made: {e.Message}"));
        }
        if (DefinitionFile.Write(DefinitionPath, Name, LaunchdPlist.Write(definition, Name, LogName), definition.HasSecret) is { } unwritten)
            return ServiceOutcome.Failed(unwritten);
        var former = await RemoveFormerAsync(cancellation).ConfigureAwait(false);
        // What was loaded before, if anything was, under the old definition.
        await LaunchctlAsync(host.WorkPatience, cancellation, "bootout", Domain, DefinitionPath).ConfigureAwait(false);
        await LaunchctlAsync(host.AnswerPatience, cancellation, "unload", DefinitionPath).ConfigureAwait(false);
        await LaunchctlAsync(host.AnswerPatience, cancellation, "enable", Target).ConfigureAwait(false);
        var loaded = await BootstrapAsync(cancellation).ConfigureAwait(false);
        if (!loaded.Succeeded)
        {
            return ServiceOutcome.Failed(Unavailable(loaded) ?? new ServiceFailure(ServiceFailureKind.Refused, "launchctl bootstrap failed: " + loaded.Detail)
            {
                Hints = [$"{Domain} is there while its user is logged in at the screen; over ssh alone it is not."],
            });
        }
        await LaunchctlAsync(host.WorkPatience, cancellation, "kickstart", "-k", Target).ConfigureAwait(false);
        return new ServiceOutcome([$"Installed LaunchAgent: {DefinitionPath}", $"Logs: {Path.Combine(definition.LogDirectory, LogName + ".log")}", .. former]);
    }

    public async Task<ServiceOutcome> UninstallAsync(CancellationToken cancellation)
    {
        var outcome = await RemoveAsync(Name, cancellation).ConfigureAwait(false);
        return outcome.Failure is null ? outcome with { Lines = [.. outcome.Lines, .. await RemoveFormerAsync(cancellation).ConfigureAwait(false)] } : outcome;
    }

    public async Task<ServiceOutcome> RestartAsync(CancellationToken cancellation)
    {
        var result = await LaunchctlAsync(host.WorkPatience, cancellation, "kickstart", "-k", Target).ConfigureAwait(false);
        return result.Succeeded
            ? new ServiceOutcome([$"Restarted LaunchAgent: {Target}"])
            : ServiceOutcome.Failed(Unavailable(result) ?? new ServiceFailure(ServiceFailureKind.Refused, "launchctl kickstart failed: " + result.Detail));
    }

    public async Task<ServiceOutcome> StopAsync(CancellationToken cancellation)
    {
        var result = await LaunchctlAsync(host.WorkPatience, cancellation, "bootout", Target).ConfigureAwait(false);
        return result.Succeeded || LaunchctlPrint.IsNotLoaded(result.Detail)
            ? new ServiceOutcome([$"Stopped LaunchAgent: {Target}"])
            : ServiceOutcome.Failed(Unavailable(result) ?? new ServiceFailure(ServiceFailureKind.Refused, "launchctl bootout failed: " + result.Detail));
    }

    /// <summary>Unloads an agent and puts its definition into the trash.</summary>
    public async Task<ServiceOutcome> RemoveAsync(string label, CancellationToken cancellation)
    {
        var path = PathOf(label);
        var stopped = await LaunchctlAsync(host.WorkPatience, cancellation, "bootout", $"{Domain}/{label}").ConfigureAwait(false);
        if (Unavailable(stopped) is { } unavailable)
            return ServiceOutcome.Failed(unavailable);
        await LaunchctlAsync(host.AnswerPatience, cancellation, "unload", path).ConfigureAwait(false);
        if (!File.Exists(path))
            return new ServiceOutcome([$"LaunchAgent not found at {path}"]);
        try
        {
            var trash = Path.Combine(Home, ".Trash");
            Directory.CreateDirectory(trash);
            File.Move(path, Path.Combine(trash, label + ".plist"), overwrite: true);
            return new ServiceOutcome([$"Moved LaunchAgent to Trash: {Path.Combine(trash, label + ".plist")}"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.NotPermitted, $"{path} cannot be moved to the trash: {e.Message}"));
        }
    }

    /// <summary>A gateway that was just booted out may take its time to stop, and as long as it does the label is taken.</summary>
    private async Task<ProcessResult> BootstrapAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var result = await LaunchctlAsync(host.AnswerPatience, cancellation, "bootstrap", Domain, DefinitionPath).ConfigureAwait(false);
            if (result.Succeeded || !LaunchctlPrint.IsStillStopping(result.Detail) || time.GetElapsedTime(started) >= DrainBudget.SupervisorPatience)
                return result;
            await Task.Delay(Poll, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Agents of earlier versions for the same profile, which would take the port.</summary>
    private async Task<IReadOnlyList<string>> RemoveFormerAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var label in ServiceNames.FormerLabels(environment.Profile).Where(label => File.Exists(PathOf(label))))
        {
            var outcome = await RemoveAsync(label, cancellation).ConfigureAwait(false);
            lines.AddRange(outcome.Failure is null ? outcome.Lines : [$"The older agent {label} could not be removed: {outcome.Failure.Message}"]);
        }
        return lines;
    }

    private string PathOf(string label) => Path.Combine(Home, "Library", "LaunchAgents", label + ".plist");

    private Task<ProcessResult> LaunchctlAsync(TimeSpan patience, CancellationToken cancellation, params string[] arguments) =>
        runner.RunAsync("launchctl", arguments, patience, null, cancellation);

    private static ServiceFailure? Unavailable(ProcessResult result) => result.End switch
    {
        ProcessEnd.NotStarted => new ServiceFailure(ServiceFailureKind.NoManager, "launchctl unavailable: " + result.Error),
        ProcessEnd.TimedOut => new ServiceFailure(ServiceFailureKind.NoAnswer, "launchctl unavailable: " + result.Detail),
        _ => null,
    };
}
