using System.Text;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services.WindowsTask;

/// <summary>The gateway as a task that Windows starts when its user logs in.</summary>
internal sealed class ScheduledTaskService(GatewayEnvironment environment, ServiceHost host, IProcessRunner runner) : IServiceSupervisor
{
    public string Label => "Scheduled Task";

    public string LoadedText => "registered";

    public string NotLoadedText => "missing";

    public string Name => ServiceNames.Of(environment).Task;

    public string DefinitionPath => environment.Get("OPENCLAW_TASK_SCRIPT") is { } chosen
        ? environment.ExpandPath(chosen)
        : Path.Combine(environment.StateDirectory, environment.Get("OPENCLAW_TASK_SCRIPT_NAME") ?? "gateway.cmd");

    public bool IsSystemWide => false;

    public string StartHint => $"schtasks /Run /TN \"{Name}\"";

    public string LogHint => $"Logs: schtasks /Query /TN \"{Name}\" /V /FO LIST";

    public async Task<ServicePresence> FindAsync(CancellationToken cancellation)
    {
        var found = await SchtasksAsync(host.AnswerPatience, cancellation, "/Query", "/TN", Name).ConfigureAwait(false);
        return new ServicePresence(found.Succeeded, Unavailable(found));
    }

    public async Task<ServiceRuntime> ReadRuntimeAsync(CancellationToken cancellation)
    {
        var shown = await SchtasksAsync(host.AnswerPatience, cancellation, "/Query", "/TN", Name, "/V", "/FO", "LIST").ConfigureAwait(false);
        if (Unavailable(shown) is { } failure)
            return new ServiceRuntime(ServiceRuntime.Unknown) { Detail = "Error: " + failure.Message };
        if (!shown.Succeeded)
            return new ServiceRuntime(ServiceRuntime.Stopped) { IsMissing = true, Detail = shown.Detail };
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in shown.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is var at and > 0)
                values.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim());
        }
        var status = values.GetValueOrDefault("Status");
        return new ServiceRuntime(string.Equals(status, "Running", StringComparison.OrdinalIgnoreCase) ? ServiceRuntime.Running : status is null ? ServiceRuntime.Unknown : ServiceRuntime.Stopped)
        {
            State = status,
            LastRunTime = values.GetValueOrDefault("Last Run Time"),
            LastRunResult = values.GetValueOrDefault("Last Run Result") ?? values.GetValueOrDefault("Last Result"),
        };
    }

    public InstalledService? ReadDefinition() => TaskScript.Read(DefinitionPath);

    public async Task<ServiceOutcome> InstallAsync(ServiceDefinition definition, bool force, CancellationToken cancellation)
    {
        if (TaskScript.Problem(definition) is { } problem)
            return ServiceOutcome.Failed(new ServiceFailure(ServiceFailureKind.Unusable, problem));
        if (Unavailable(await SchtasksAsync(host.AnswerPatience, cancellation, "/Query").ConfigureAwait(false)) is { } unavailable)
            return ServiceOutcome.Failed(unavailable);
        if (DefinitionFile.Obstacle(DefinitionPath, Name, force) is { } obstacle)
            return ServiceOutcome.Failed(obstacle);
        if (DefinitionFile.Write(DefinitionPath, Name, TaskScript.Write(definition), definition.HasSecret, new UTF8Encoding(false)) is { } unwritten)
            return ServiceOutcome.Failed(unwritten);
        string[] create = ["/Create", "/F", "/SC", "ONLOGON", "/RL", "LIMITED", "/TN", Name, "/TR", $"\"{DefinitionPath}\""];
        var user = environment.Get("USERDOMAIN") is { } domain ? $"{domain}\\{host.UserName}" : host.UserName;
        var created = await SchtasksAsync(host.AnswerPatience, cancellation, [.. create, "/RU", user, "/NP", "/IT"]).ConfigureAwait(false);
        // Machines that do not know the user under that name take the task of the one who asks.
        if (!created.Succeeded)
            created = await SchtasksAsync(host.AnswerPatience, cancellation, create).ConfigureAwait(false);
        if (!created.Succeeded)
            return ServiceOutcome.Failed(Refused("create", created));
        var run = await SchtasksAsync(host.AnswerPatience, cancellation, "/Run", "/TN", Name).ConfigureAwait(false);
        return run.Succeeded
            ? new ServiceOutcome([$"Installed Scheduled Task: {Name}", $"Task script: {DefinitionPath}"])
            : ServiceOutcome.Failed(Refused("run", run));
    }

    public async Task<ServiceOutcome> UninstallAsync(CancellationToken cancellation)
    {
        await SchtasksAsync(host.AnswerPatience, cancellation, "/End", "/TN", Name).ConfigureAwait(false);
        var deleted = await SchtasksAsync(host.AnswerPatience, cancellation, "/Delete", "/F", "/TN", Name).ConfigureAwait(false);
        if (Unavailable(deleted) is { } unavailable)
            return ServiceOutcome.Failed(unavailable);
        var (removed, failure) = DefinitionFile.Remove(DefinitionPath);
        if (failure is not null)
            return ServiceOutcome.Failed(failure);
        return new ServiceOutcome(
        [
            deleted.Succeeded ? $"Removed Scheduled Task: {Name}" : $"Scheduled Task not found: {Name}",
            removed ? $"Removed task script: {DefinitionPath}" : $"Task script not found at {DefinitionPath}",
        ]);
    }

    public async Task<ServiceOutcome> RestartAsync(CancellationToken cancellation)
    {
        if (await EndAsync(cancellation).ConfigureAwait(false) is { } failure)
            return ServiceOutcome.Failed(failure);
        var run = await SchtasksAsync(host.AnswerPatience, cancellation, "/Run", "/TN", Name).ConfigureAwait(false);
        return run.Succeeded ? new ServiceOutcome([$"Restarted Scheduled Task: {Name}"]) : ServiceOutcome.Failed(Refused("run", run));
    }

    public async Task<ServiceOutcome> StopAsync(CancellationToken cancellation) =>
        await EndAsync(cancellation).ConfigureAwait(false) is { } failure ? ServiceOutcome.Failed(failure) : new ServiceOutcome([$"Stopped Scheduled Task: {Name}"]);

    private async Task<ServiceFailure?> EndAsync(CancellationToken cancellation)
    {
        var ended = await SchtasksAsync(host.AnswerPatience, cancellation, "/End", "/TN", Name).ConfigureAwait(false);
        return ended.Succeeded || ended.Detail.Contains("not running", StringComparison.OrdinalIgnoreCase) || ended.Detail.Contains("not currently running", StringComparison.OrdinalIgnoreCase)
            ? null
            : Refused("end", ended);
    }

    private Task<ProcessResult> SchtasksAsync(TimeSpan patience, CancellationToken cancellation, params string[] arguments) =>
        runner.RunAsync("schtasks", arguments, patience, null, cancellation);

    private static ServiceFailure Refused(string action, ProcessResult result) =>
        Unavailable(result) ?? (result.Detail.Contains("Access is denied", StringComparison.OrdinalIgnoreCase)
            ? new ServiceFailure(ServiceFailureKind.NotPermitted, $"schtasks {action} failed: {result.Detail}") { Hints = ["Run this in a PowerShell that was started as administrator."] }
            : new ServiceFailure(ServiceFailureKind.Refused, $"schtasks {action} failed: {result.Detail}"));

    private static ServiceFailure? Unavailable(ProcessResult result) => result.End switch
    {
        ProcessEnd.NotStarted => new ServiceFailure(ServiceFailureKind.NoManager, "schtasks unavailable: " + result.Error),
        ProcessEnd.TimedOut => new ServiceFailure(ServiceFailureKind.NoAnswer, "schtasks unavailable: " + result.Detail),
        _ => null,
    };
}
