using System.Globalization;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>Reads what <c>systemctl show</c> says of a unit.</summary>
internal static class SystemdRuntime
{
    public static ServiceRuntime Parse(string shown)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in shown.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                values[line[..at]] = line[(at + 1)..];
        }
        var state = Text("ActiveState");
        return new ServiceRuntime(state switch { null => ServiceRuntime.Unknown, "active" => ServiceRuntime.Running, _ => ServiceRuntime.Stopped })
        {
            State = state,
            SubState = Text("SubState"),
            Pid = Number("MainPID") is > 0 and var pid ? pid : null,
            LastExitStatus = Number("ExecMainStatus"),
            LastExitReason = Text("ExecMainCode"),
        };

        string? Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

        int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
