using System.Globalization;

namespace OpenClaw.Cli.Services.Launchd;

/// <summary>Reads what <c>launchctl print</c> says of a service. It is made for people; only the few lines that never changed are looked at.</summary>
internal static class LaunchctlPrint
{
    public static ServiceRuntime Parse(string printed)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in printed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The first of each name: the service's own, before those of its parts.
            if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                values.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim());
        }
        var state = values.GetValueOrDefault("state");
        var pid = Number("pid");
        return new ServiceRuntime(state == "running" || pid is not null ? ServiceRuntime.Running : state is null ? ServiceRuntime.Unknown : ServiceRuntime.Stopped)
        {
            State = state,
            Pid = pid,
            LastExitStatus = Number("last exit status") ?? Number("last exit code"),
            LastExitReason = values.GetValueOrDefault("last exit reason"),
        };

        int? Number(string name) => int.TryParse(values.GetValueOrDefault(name)?.Split(':')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Whether a failure only means that there was nothing to stop.</summary>
    public static bool IsNotLoaded(string detail) =>
        detail.Contains("No such process", StringComparison.OrdinalIgnoreCase)
        || detail.Contains("Could not find", StringComparison.OrdinalIgnoreCase)
        || detail.Contains("not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a failure means that the service that is to be loaded has not ended yet.</summary>
    public static bool IsStillStopping(string detail) =>
        detail.Contains("Input/output error", StringComparison.OrdinalIgnoreCase) || detail.Contains("in progress", StringComparison.OrdinalIgnoreCase);
}
