using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>The gateway as a systemd unit of a user, or of the system.</summary>
internal sealed class SystemdService : IServiceSupervisor
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly GatewayEnvironment _environment;
    private readonly Systemctl _systemctl;
    private readonly Linger _linger;
    private readonly ServiceHost _host;
    private readonly TimeProvider _time;

    public SystemdService(GatewayEnvironment environment, ServiceHost host, IProcessRunner runner, TimeProvider time, bool isSystemWide)
    {
        _environment = environment;
        _host = host;
        _time = time;
        IsSystemWide = isSystemWide;
        Name = ServiceNames.Of(environment).Unit + ".service";
        _systemctl = new Systemctl(runner, environment, host, isSystemWide);
        _linger = new Linger(runner, host.UserName, host.AnswerPatience);
        DefinitionPath = Path.Combine(isSystemWide ? host.SystemUnits : UserUnits(environment), Name);
    }

    public string Label => "systemd";

    public string LoadedText => "enabled";

    public string NotLoadedText => "disabled";

    public string Name { get; }

    public string DefinitionPath { get; }

    public bool IsSystemWide { get; }

    public string StartHint => $"{_systemctl.Name} start {Name}";

    public string LogHint => IsSystemWide ? $"Logs: journalctl -u {Name} -n 200 --no-pager" : $"Logs: journalctl --user -u {Name} -n 200 --no-pager";

    /// <summary>Where a user's units are. The peer passes <c>XDG_CONFIG_HOME</c> over, and its units must be found.</summary>
    public static string UserUnits(GatewayEnvironment environment) => Path.Combine(environment.Get("HOME") ?? environment.HomeDirectory, ".config", "systemd", "user");

    public async Task<ServicePresence> FindAsync(CancellationToken cancellation)
    {
        var enabled = await _systemctl.AskAsync(cancellation, "is-enabled", Name).ConfigureAwait(false);
        if (enabled.Succeeded)
            return new ServicePresence(true);
        // A word means that the manager, or its files, were asked; anything else may mean that there is none.
        if (enabled.Out.Trim() is "disabled" or "masked" or "linked" or "not-found")
            return new ServicePresence(false);
        return new ServicePresence(false, await _systemctl.ProbeAsync(cancellation).ConfigureAwait(false));
    }

    public async Task<ServiceRuntime> ReadRuntimeAsync(CancellationToken cancellation)
    {
        var shown = await _systemctl.AskAsync(
            cancellation, "show", Name, "--no-page", "--property", "ActiveState,SubState,MainPID,ExecMainStatus,ExecMainCode").ConfigureAwait(false);
        if (!shown.Succeeded)
        {
            var isMissing = shown.Detail.Contains("not found", StringComparison.OrdinalIgnoreCase) && shown.End is ProcessEnd.Exited;
            var failure = _systemctl.FailureOf(shown, $"{_systemctl.Name} unavailable: {shown.Detail}");
            return new ServiceRuntime(isMissing ? ServiceRuntime.Stopped : ServiceRuntime.Unknown) { IsMissing = isMissing, Detail = isMissing ? shown.Detail : "Error: " + failure.Message };
        }
        return SystemdRuntime.Parse(shown.Out);
    }

    public InstalledService? ReadDefinition() => SystemdUnitFile.Read(DefinitionPath, _environment.HomeDirectory);

    public async Task<ServiceOutcome> InstallAsync(ServiceDefinition definition, bool force, CancellationToken cancellation)
    {
        if (SystemdUnit.Problem(definition) is { } problem)
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.Unusable, problem));
        if (IsSystemWide && _environment.UserId is not 0)
        {
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.NotPermitted, "a system unit is installed by root")
            {
                Hints = [$"sudo {_environment.CommandName} gateway install --system"],
            });
        }
        if (await ReachManagerAsync(cancellation).ConfigureAwait(false) is { } unreachable)
            return ServiceOutcome.Failed(unreachable);
        if (DefinitionFile.Obstacle(DefinitionPath, Name, force) is { } obstacle)
            return ServiceOutcome.Failed(obstacle);
        if (DefinitionFile.Write(DefinitionPath, Name, SystemdUnit.Write(definition), definition.HasSecret) is { } unwritten)
            return ServiceOutcome.Failed(unwritten);
        // Killed from here on, the unit is there but not enabled: the next install finds it not installed, and does all of it again.
        foreach (var step in (string[][])[["daemon-reload"], ["enable", Name], ["restart", Name]])
        {
            if (await _systemctl.DoAsync(cancellation, step).ConfigureAwait(false) is { } failure)
                return ServiceOutcome.Failed(failure);
        }
        var (lines, warnings) = await LingerAsync(cancellation).ConfigureAwait(false);
        return new ServiceOutcome([$"Installed systemd service: {DefinitionPath}", .. lines]) { Warnings = warnings };
    }

    public async Task<ServiceOutcome> UninstallAsync(CancellationToken cancellation)
    {
        if (await _systemctl.ProbeAsync(cancellation).ConfigureAwait(false) is { } unreachable)
            return ServiceOutcome.Failed(unreachable);
        if (DefinitionFile.Obstacle(DefinitionPath, Name, force: false) is { } obstacle)
            return ServiceOutcome.Failed(obstacle);
        var lines = new List<string>();
        if (await _systemctl.DoAsync(cancellation, "stop", Name).ConfigureAwait(false) is null)
            lines.Add($"Stopped systemd service: {Name}");
        var disabled = await _systemctl.DoAsync(cancellation, "disable", "--now", Name).ConfigureAwait(false);
        var (removed, failure) = DefinitionFile.Remove(DefinitionPath);
        if ((failure ?? (removed ? disabled : null)) is { } refused)
            return new ServiceOutcome(lines, refused);
        lines.Add(removed ? $"Removed systemd service: {DefinitionPath}" : $"Systemd service not found at {DefinitionPath}");
        // Without it the manager goes on knowing a unit that is gone. It is gone all the same.
        await _systemctl.DoAsync(cancellation, "daemon-reload").ConfigureAwait(false);
        return new ServiceOutcome(lines);
    }

    public async Task<ServiceOutcome> RestartAsync(CancellationToken cancellation) =>
        await _systemctl.DoAsync(cancellation, "restart", Name).ConfigureAwait(false) is { } failure
            ? ServiceOutcome.Failed(failure)
            : new ServiceOutcome([$"Restarted systemd service: {Name}"]);

    public async Task<ServiceOutcome> StopAsync(CancellationToken cancellation) =>
        await _systemctl.DoAsync(cancellation, "stop", Name).ConfigureAwait(false) is { } failure
            ? ServiceOutcome.Failed(failure)
            : new ServiceOutcome([$"Stopped systemd service: {Name}"]);

    /// <summary>Lingering starts the user's manager where no login did, so it comes before everything that needs the manager.</summary>
    private async Task<ServiceFailure?> ReachManagerAsync(CancellationToken cancellation)
    {
        var failure = await _systemctl.ProbeAsync(cancellation).ConfigureAwait(false);
        if (failure?.Kind is not ServiceFailureKind.NoUserManager || !await _linger.SwitchOnAsync(cancellation).ConfigureAwait(false))
            return failure;
        var started = _time.GetTimestamp();
        while (failure is not null && _time.GetElapsedTime(started) < _host.AnswerPatience)
        {
            await Task.Delay(Poll, _time, cancellation).ConfigureAwait(false);
            failure = await _systemctl.ProbeAsync(cancellation).ConfigureAwait(false);
        }
        return failure;
    }

    private async Task<(IReadOnlyList<string> Lines, IReadOnlyList<string> Warnings)> LingerAsync(CancellationToken cancellation)
    {
        if (IsSystemWide || await _linger.IsOnAsync(cancellation).ConfigureAwait(false) is true)
            return ([], []);
        return await _linger.SwitchOnAsync(cancellation).ConfigureAwait(false)
            ? ([_linger.Done], [])
            : ([], [_linger.Advice, "Until then the gateway stops when you log out, and does not start at boot."]);
    }
}
