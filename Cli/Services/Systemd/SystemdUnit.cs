using System.Globalization;
using System.Text;
using OpenClaw.ServiceDefaults;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>The unit file of a gateway.</summary>
internal static class SystemdUnit
{
    /// <summary>Pause before a start after an end. <c>gateway status</c> of both implementations looks for this value.</summary>
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    /// <summary>The text of the unit.</summary>
    public static string Write(ServiceDefinition definition)
    {
        var unit = new StringBuilder();
        unit.Append("[Unit]\n");
        unit.Append("Description=").Append(definition.Description.Replace("%", "%%", StringComparison.Ordinal)).Append('\n');
        unit.Append("After=network-online.target\n");
        unit.Append("Wants=network-online.target\n");
        // The pause bounds a crash loop, and safe mode ends it; a count of starts would only turn away somebody who restarts it often.
        unit.Append("StartLimitIntervalSec=0\n");
        unit.Append("\n[Service]\n");
        unit.Append("ExecStart=").Append(SystemdSyntax.Quote(definition.Arguments[0]));
        foreach (var argument in definition.Arguments.Skip(1))
            unit.Append(' ').Append(SystemdSyntax.QuoteArgument(argument));
        unit.Append('\n');
        if (definition.User is { } user)
            unit.Append("User=").Append(user).Append('\n');
        unit.Append("Restart=always\n");
        unit.Append(CultureInfo.InvariantCulture, $"RestartSec={RestartPause.TotalSeconds:0}\n");
        unit.Append(CultureInfo.InvariantCulture, $"TimeoutStopSec={DrainBudget.SupervisorPatience.TotalSeconds:0}\n");
        // The gateway stops what it started itself; what is left over after it must not live on beside the next one.
        unit.Append("KillMode=mixed\n");
        foreach (var (name, value) in definition.Environment)
            unit.Append("Environment=").Append(SystemdSyntax.Quote($"{name}={value}")).Append('\n');
        unit.Append("\n[Install]\n");
        unit.Append(definition.User is null ? "WantedBy=default.target\n" : "WantedBy=multi-user.target\n");
        return unit.ToString();
    }

    /// <summary>Why this cannot be a unit; null when it can.</summary>
    public static string? Problem(ServiceDefinition definition) =>
        SystemdSyntax.ProgramProblem(definition.Arguments[0])
        ?? definition.Arguments.Select(static argument => SystemdSyntax.Problem($"the argument \"{argument}\"", argument)).FirstOrDefault(static problem => problem is not null)
        ?? definition.Environment.Select(static variable => SystemdSyntax.Problem(variable.Key, variable.Value)).FirstOrDefault(static problem => problem is not null);
}
