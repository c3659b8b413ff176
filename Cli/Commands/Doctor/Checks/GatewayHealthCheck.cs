using System.Text.Json;
using OpenClaw.Cli.Commands.Health;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>What the gateway itself says, or why it says nothing.</summary>
internal sealed class GatewayHealthCheck : IDoctorCheck
{
    public string Area => "Gateway";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var probe = await patient.ProbeAsync().ConfigureAwait(false);
        if (probe.NeverAsked)
        {
            return
            [
                new Finding("gateway.not_asked", FindingSeverity.Error, "This command cannot ask the gateway", TerminalText.HarmlessLine(probe.Error ?? "unknown"))
                {
                    Remedy = $"let this user read and write {patient.Show(Path.Combine(patient.Environment.StateDirectory, "identity"))}",
                },
            ];
        }
        if (!probe.Connected)
            return [Silent(patient, probe.Close?.NetworkError, probe.Error ?? "unknown")];
        var findings = new List<Finding>();
        if (probe.Answer("health") is { } health)
            findings.AddRange(Health(patient, health));
        else
            findings.Add(new Finding("gateway.health_refused", FindingSeverity.Error, "The gateway does not say how it is", TerminalText.HarmlessLine(probe.Error ?? "unknown")));
        if (probe.Self()?.Text("version") is { } version && version != ProductVersion.Number)
            findings.Add(new Finding("gateway.version", FindingSeverity.Info, "The gateway is of another version", $"It is {TerminalText.HarmlessLine(version)}, and this command {ProductVersion.Number}."));
        return findings;
    }

    private static Finding Silent(Patient patient, string? network, string error)
    {
        var local = patient.Route.Address.Origin is GatewayAddressOrigin.Local;
        var running = local && patient.Lock() is { OwnerIsAlive: true };
        if ((network is not null || !patient.HasState) && local && !running)
        {
            return new Finding("gateway.not_running", FindingSeverity.Info, "No gateway runs", $"Nobody answers at {patient.Route.Address.Url}.")
            {
                Remedy = $"{patient.Environment.CommandName} gateway",
            };
        }
        return network is not null
            ? new Finding("gateway.not_answering", FindingSeverity.Error, running ? "The gateway runs, and does not answer" : "The gateway cannot be reached",
                $"{patient.Route.Address.Url}: {network}.{(running ? $" Process {patient.Lock()?.OwnerPid} has the lock; it may listen elsewhere, still start, or hang." : "")}")
            {
                Remedy = $"{patient.Environment.CommandName} logs --limit 50",
            }
            : new Finding("gateway.refused", FindingSeverity.Error, "The gateway does not let this command in", TerminalText.HarmlessLine($"{patient.Route.Address.Url}: {error}"))
            {
                Remedy = $"look at gateway.auth, and at {patient.Environment.CommandName} devices list",
            };
    }

    private static IEnumerable<Finding> Health(Patient patient, JsonElement health)
    {
        var reasons = health.Items("degraded").Select(static reason => TerminalText.HarmlessLine(reason.ToString())).ToList();
        if (health.Flag("ok") == false || reasons.Count > 0)
            yield return new Finding("gateway.degraded", FindingSeverity.Error, "The gateway is not well", reasons.Count == 0 ? "It gives no reason." : string.Join('\n', reasons));
        if (ConfigProblemLine.Of(patient.Context, health) is { } problem)
            yield return new Finding("gateway.config_not_in_force", FindingSeverity.Error, "The gateway does not work with the configuration as it is saved", problem);
    }
}
