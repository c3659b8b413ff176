using OpenClaw.Cli.Services.Programs;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>Whether a user's services run without a login (<c>loginctl(1)</c>): at boot, and after the last session has ended.</summary>
internal sealed class Linger(IProcessRunner runner, string user, TimeSpan patience)
{
    /// <summary>What to do where it is off and cannot be switched on.</summary>
    public string Advice => $"Systemd lingering is disabled for {user}. Run: sudo loginctl enable-linger {user}";

    /// <summary>What is said when it was switched on.</summary>
    public string Done => $"Enabled systemd lingering for {user}.";

    /// <summary>Whether it is on; null when nobody can tell.</summary>
    public async Task<bool?> IsOnAsync(CancellationToken cancellation)
    {
        var result = await runner.RunAsync("loginctl", ["show-user", user, "-p", "Linger"], patience, null, cancellation).ConfigureAwait(false);
        if (result.End is not ProcessEnd.Exited)
            return null;
        // In a container there may be systemd without the service that knows about logins.
        if (!result.Succeeded && result.Detail.Contains("connect to bus", StringComparison.OrdinalIgnoreCase))
            return null;
        // A user without any session is not known, unless it lingers.
        return result.Succeeded && result.Out.Contains("Linger=yes", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Switches it on, if this user may without being asked for a password.</summary>
    public async Task<bool> SwitchOnAsync(CancellationToken cancellation) =>
        (await runner.RunAsync("loginctl", ["--no-ask-password", "enable-linger", user], patience, null, cancellation).ConfigureAwait(false)).Succeeded;
}
