using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The status in words, in the order that people know: the service, the configuration, where the gateway is, whether it runs, what is wrong. What is wrong goes to standard error.</summary>
internal sealed class GatewayStatusText(CommandContext context, GatewayStatusReport report)
{
    /// <summary>Lines of an error that are shown.</summary>
    private const int MostErrorLines = 12;

    private const int MostConfigIssues = 5;

    private ServiceFacts Service => report.Service;

    private string Command => context.Environment.CommandName;

    public async Task PrintAsync()
    {
        await ServiceAsync().ConfigureAwait(false);
        await ConfigAsync().ConfigureAwait(false);
        await PlaceAsync().ConfigureAwait(false);
        await RuntimeAsync().ConfigureAwait(false);
        await TroubleAsync().ConfigureAwait(false);
        await PortAsync().ConfigureAwait(false);
        await OthersAsync().ConfigureAwait(false);
        await OutAsync($"If something does not work: {Command} status").ConfigureAwait(false);
    }

    private async Task ServiceAsync()
    {
        await OutAsync($"Service: {Service.Label} ({Service.LoadedText})").ConfigureAwait(false);
        await OutAsync($"File logs: {report.LogFile}").ConfigureAwait(false);
        if (Service.Installed is { } installed)
        {
            await OutAsync($"Command: {string.Join(' ', installed.Arguments)}").ConfigureAwait(false);
            await OutAsync($"Service file: {context.Environment.Display(installed.SourcePath)}").ConfigureAwait(false);
            if (installed.WorkingDirectory is { } directory)
                await OutAsync($"Working dir: {context.Environment.Display(directory)}").ConfigureAwait(false);
            if (string.Join(' ', Service.ShownVariables().Select(static pair => $"{pair.Key}={pair.Value}")) is { Length: > 0 } variables)
                await OutAsync($"Service env: {variables}").ConfigureAwait(false);
        }
        await OutAsync("").ConfigureAwait(false);
        if (Service.Issues.Count == 0)
            return;
        await ErrorAsync("Service config looks out of date or non-standard.").ConfigureAwait(false);
        foreach (var issue in Service.Issues)
            await ErrorAsync($"Service config issue: {issue.Message}{(issue.Detail is null ? "" : $" ({issue.Detail})")}").ConfigureAwait(false);
        await ErrorAsync($"Recommendation: {Command} gateway install --force").ConfigureAwait(false);
    }

    private async Task ConfigAsync()
    {
        await ConfigAsync("cli", report.Own).ConfigureAwait(false);
        if (Service.Installed is not null)
            await ConfigAsync("service", report.Seen.Snapshot).ConfigureAwait(false);
        if (report.IsMismatch)
        {
            await ErrorAsync("Root cause: CLI and service are using different config paths (likely a profile/state-dir mismatch).").ConfigureAwait(false);
            await ErrorAsync($"Fix: rerun `{Command} gateway install --force` from the same --profile / OPENCLAW_STATE_DIR you expect.").ConfigureAwait(false);
        }
        await OutAsync("").ConfigureAwait(false);
    }

    private async Task ConfigAsync(string whose, ConfigSnapshot snapshot)
    {
        await OutAsync($"Config ({whose}): {context.Environment.Display(snapshot.Path)}{(snapshot.Exists ? "" : " (missing)")}{(snapshot.Valid ? "" : " (invalid)")}").ConfigureAwait(false);
        foreach (var issue in snapshot.Issues.Take(MostConfigIssues))
            await ErrorAsync($"Config issue: {issue}").ConfigureAwait(false);
    }

    private async Task PlaceAsync()
    {
        await OutAsync($"Gateway: bind={report.BindMode} ({report.BindHost}), port={report.Port.Port} ({report.PortSource})").ConfigureAwait(false);
        await OutAsync($"Probe target: {report.Route.Address.Url}").ConfigureAwait(false);
        await OutAsync($"Dashboard: {DashboardAddress.UrlOf(report.Seen.Snapshot, report.Route.Address) ?? "disabled"}").ConfigureAwait(false);
        await OutAsync($"Probe note: {report.Note}").ConfigureAwait(false);
        await OutAsync("").ConfigureAwait(false);
    }

    private async Task RuntimeAsync()
    {
        await OutAsync($"Runtime: {Service.Runtime}").ConfigureAwait(false);
        if (Service.LockOwner is { } pid && pid != Service.Runtime.Pid)
            await OutAsync($"Process: {pid} runs this gateway{(Service.Runtime.Status == ServiceRuntime.Unknown ? "" : " without the service")}").ConfigureAwait(false);
        if (report.Probe is null)
            return;
        if (report.Probe.Ok)
        {
            await OutAsync("RPC probe: ok").ConfigureAwait(false);
            if (SafeModeLine.Of(report.Probe.Answer("status")) is { } held)
                await ErrorAsync(held).ConfigureAwait(false);
            await OutAsync("").ConfigureAwait(false);
            return;
        }
        if (Service.Runtime.IsRunning)
            await OutAsync("Warm-up: the service runs, and may need a few seconds more. Try again shortly.").ConfigureAwait(false);
        await ErrorAsync("RPC probe: failed").ConfigureAwait(false);
        await ErrorAsync($"RPC target: {report.Route.Address.Url}").ConfigureAwait(false);
        foreach (var line in report.Probe.Details!.Split('\n').Take(MostErrorLines))
            await ErrorAsync("  " + line).ConfigureAwait(false);
        if (report.Probe.Close is { NetworkError: { } network })
            await ErrorAsync($"  No gateway answers there ({network}).").ConfigureAwait(false);
        await OutAsync("").ConfigureAwait(false);
    }

    private async Task TroubleAsync()
    {
        if (Service.Presence.Failure is { } failure)
        {
            await ErrorAsync(Service.IsSilent ? $"{Service.Label} did not answer in time; try again when the machine is less busy." : Service.Label == "systemd" ? "systemd user services unavailable." : $"{Service.Label}: the service manager is unavailable.").ConfigureAwait(false);
            foreach (var hint in failure.Hints)
                await ErrorAsync(hint).ConfigureAwait(false);
            await OutAsync("").ConfigureAwait(false);
            return;
        }
        if (Service.Presence.IsLoaded && Service.Runtime.Status == ServiceRuntime.Stopped)
        {
            await ErrorAsync("Service is loaded but not running (likely exited immediately).").ConfigureAwait(false);
            await ErrorAsync($"File logs: {report.LogFile}").ConfigureAwait(false);
            await ErrorAsync(Service.Service!.LogHint).ConfigureAwait(false);
            await OutAsync("").ConfigureAwait(false);
        }
        if (Service.Runtime.IsCached)
            await ErrorAsync($"The service manager still has {Service.Service!.Name}, whose file is gone: {Command} gateway uninstall, then install.").ConfigureAwait(false);
    }

    private async Task PortAsync()
    {
        var isOk = report.Probe is { Ok: true };
        if (report.Port.IsBusy && report.Probe is { Ok: false })
        {
            await ErrorAsync($"Port {report.Port.Port} is already in use.").ConfigureAwait(false);
            foreach (var listener in report.Port.Listeners)
                await ErrorAsync($"- pid {listener.Pid} {listener.User}: {listener.CommandLine ?? listener.Command} ({listener.Address})").ConfigureAwait(false);
            foreach (var hint in report.Port.Hints)
                await ErrorAsync("- " + hint).ConfigureAwait(false);
        }
        if (isOk && report.Port.Addresses.Count > 0)
            await OutAsync($"Listening: {string.Join(", ", report.Port.Addresses)}").ConfigureAwait(false);
        if (report.OwnPort is { } own)
            await OutAsync($"Note: CLI config resolves gateway port={own.Port} ({own.Status}).").ConfigureAwait(false);
        if (report.IsDeaf)
            await ErrorAsync($"Gateway port {report.Port.Port} is not listening (service appears running).").ConfigureAwait(false);
        if (report.LastError is not null)
            await ErrorAsync($"Last gateway error: {report.LastError}").ConfigureAwait(false);
        if (report.IsDeaf)
        {
            await ErrorAsync(Service.Service!.LogHint).ConfigureAwait(false);
            await OutAsync("").ConfigureAwait(false);
        }
    }

    private async Task OthersAsync()
    {
        if (report.Others.Count == 0)
            return;
        await ErrorAsync("Other gateway-like services detected (best effort):").ConfigureAwait(false);
        foreach (var other in report.Others)
            await ErrorAsync($"- {other.Label} ({other.Scope}, {other.Detail})").ConfigureAwait(false);
        foreach (var other in report.Others)
        {
            foreach (var hint in CleanupHints(other))
                await ErrorAsync("Cleanup hint: " + hint).ConfigureAwait(false);
        }
        await ErrorAsync("").ConfigureAwait(false);
        await ErrorAsync("Recommendation: one gateway a machine is enough for most, it has room for several agents. A second one needs a profile of its own: port, configuration and state.").ConfigureAwait(false);
        await OutAsync("").ConfigureAwait(false);
    }

    private IEnumerable<string> CleanupHints(FoundService other) => other.Platform switch
    {
        "linux" when other.Scope == "user" => [$"systemctl --user disable --now {other.Label}", $"rm {context.Environment.Display(other.Path)}"],
        "linux" => [$"sudo systemctl disable --now {other.Label}", $"sudo rm {other.Path}"],
        "darwin" => [$"launchctl bootout gui/$UID/{other.Label}", $"rm {context.Environment.Display(other.Path)}"],
        _ => [$"schtasks /Delete /TN \"{other.Label}\" /F"],
    };

    private Task OutAsync(string line) => context.Out.WriteLineAsync(TerminalText.Harmless(line));

    private Task ErrorAsync(string line) => context.Error.WriteLineAsync(TerminalText.Harmless(line));
}
