using OpenClaw.Cli.Services.Programs;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>Tells the ways in which systemd cannot be had apart, because each has a remedy of its own.</summary>
internal sealed class SystemdFault(GatewayEnvironment environment, ServiceHost host, bool isSystemWide, string? runtimeDirectory)
{
    private static readonly string[] NotAllowed = ["access denied", "permission denied", "authentication required", "authentication is required", "read-only file system"];

    private static readonly string[] NoBus =
    [
        "failed to connect to bus", "failed to get d-bus connection", "no medium found", "dbus_session_bus_address", "xdg_runtime_dir",
        "failed to connect to user scope bus", "failed to connect to system scope bus",
    ];

    private string Foreground => $"Without it the gateway runs in the foreground, under whatever supervises this system: {environment.CommandName} gateway";

    /// <summary>The failure behind what systemctl said.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="message">The message for it.</param>
    public ServiceFailure Explain(ProcessResult result, string message)
    {
        if (result.End is ProcessEnd.NotStarted)
        {
            return new ServiceFailure(ServiceFailureKind.NoManager, isSystemWide ? "systemctl not available; there is no systemd here." : "systemctl not available; systemd user services are required on Linux.")
            {
                Hints = [Foreground],
            };
        }
        if (result.End is ProcessEnd.TimedOut)
            return new ServiceFailure(ServiceFailureKind.NoAnswer, message) { Hints = ["The service manager hangs or the machine is very busy; nothing more was changed. Try again."] };
        var text = result.Out + "\n" + result.Error;
        var said = text.ToLowerInvariant();
        if (said.Contains("not been booted with systemd", StringComparison.Ordinal) || (NoBus.Any(said.Contains) && !Directory.Exists(host.SystemdMark)))
            return NotBooted(message);
        if (NotAllowed.Any(said.Contains) && !(NoBus.Any(said.Contains) && !isSystemWide))
            return new ServiceFailure(ServiceFailureKind.NotPermitted, message) { Hints = [isSystemWide ? "A system unit belongs to root: put sudo in front." : "systemd does not let this user do that."] };
        if (NoBus.Any(said.Contains))
            return isSystemWide ? new ServiceFailure(ServiceFailureKind.NoUserBus, message) : WithoutBus(message);
        return new ServiceFailure(ServiceFailureKind.Refused, message);
    }

    private ServiceFailure NotBooted(string message) => host.IsWsl
        ? new ServiceFailure(ServiceFailureKind.WslWithoutSystemd, message)
        {
            Hints =
            [
                "This WSL was started without systemd. Write these two lines into /etc/wsl.conf: [boot] and systemd=true",
                "Then run in PowerShell: wsl --shutdown, and open the terminal again.",
                Foreground,
            ],
        }
        : new ServiceFailure(ServiceFailureKind.NotBooted, message)
        {
            Hints = ["systemd did not start this system; in a container that is the rule.", Foreground],
        };

    private ServiceFailure WithoutBus(string message) => runtimeDirectory is null || !Directory.Exists(runtimeDirectory)
        ? new ServiceFailure(ServiceFailureKind.NoUserManager, message)
        {
            Hints =
            [
                $"Nothing of user {host.UserName} runs under systemd: there is no {runtimeDirectory ?? host.RuntimeRoot}. To start its manager now and at each boot: sudo loginctl enable-linger {host.UserName}",
                $"Or let the system start the gateway: sudo {environment.CommandName} gateway install --system",
            ],
        }
        : new ServiceFailure(ServiceFailureKind.NoUserBus, message)
        {
            Hints =
            [
                $"The manager of user {host.UserName} should answer in {runtimeDirectory}. Look at it with: systemctl status user@{environment.UserId}.service",
                "Where there is no D-Bus for users, install it (Debian and Ubuntu: dbus-user-session) and log in again.",
                $"Or let the system start the gateway: sudo {environment.CommandName} gateway install --system",
            ],
        };
}
