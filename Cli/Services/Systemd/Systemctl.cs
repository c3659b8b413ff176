using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>Talks to a systemd manager: the user's, or the system's.</summary>
internal sealed class Systemctl(IProcessRunner runner, GatewayEnvironment environment, ServiceHost host, bool isSystemWide)
{
    /// <summary>How the manager is addressed, for messages.</summary>
    public string Name => isSystemWide ? "systemctl" : "systemctl --user";

    /// <summary>The user's runtime directory, where the manager's socket is.</summary>
    public string? RuntimeDirectory => environment.UserId is { } id ? Path.Combine(host.RuntimeRoot, id.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;

    /// <summary>Asks something.</summary>
    public Task<ProcessResult> AskAsync(CancellationToken cancellation, params string[] arguments) => AskAsync(host.AnswerPatience, cancellation, arguments);

    private Task<ProcessResult> AskAsync(TimeSpan patience, CancellationToken cancellation, params string[] arguments) =>
        runner.RunAsync("systemctl", isSystemWide ? arguments : ["--user", .. arguments], patience, Variables(), cancellation);

    /// <summary>Changes something; null when it was done.</summary>
    public async Task<ServiceFailure?> DoAsync(CancellationToken cancellation, params string[] arguments)
    {
        var isLong = arguments[0] is "start" or "stop" or "restart" or "disable";
        var result = await AskAsync(isLong ? host.WorkPatience : host.AnswerPatience, cancellation, arguments).ConfigureAwait(false);
        return result.Succeeded ? null : FailureOf(result, $"systemctl {arguments[0]} failed: {result.Detail}");
    }

    /// <summary>Null when the manager answers, else why it cannot.</summary>
    public async Task<ServiceFailure?> ProbeAsync(CancellationToken cancellation)
    {
        var result = await AskAsync(cancellation, "status").ConfigureAwait(false);
        return result.Succeeded ? null : FailureOf(result, $"{Name} unavailable: {result.Detail}");
    }

    /// <summary>What kind of failure it was.</summary>
    public ServiceFailure FailureOf(ProcessResult result, string message)
    {
        var fault = new SystemdFault(environment, host, isSystemWide, RuntimeDirectory);
        return fault.Explain(result, message);
    }

    /// <summary>
    /// A root shell, <c>su</c> and <c>cron</c> do not set the variable, although the user's manager may run; and <c>su</c> without a dash leaves the
    /// one of the user before.
    /// </summary>
    private Dictionary<string, string>? Variables()
    {
        if (isSystemWide || RuntimeDirectory is not { } own || !Directory.Exists(own))
            return null;
        var given = environment.Get("XDG_RUNTIME_DIR");
        var isForeign = given is not null && given.StartsWith(host.RuntimeRoot + "/", StringComparison.Ordinal) && Path.TrimEndingDirectorySeparator(given) != own;
        return given is null || isForeign ? new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = own, ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={own}/bus" } : null;
    }
}
