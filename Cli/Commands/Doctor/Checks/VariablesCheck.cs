using System.Globalization;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Environment variables that do something else than their owner thinks.</summary>
internal sealed class VariablesCheck : IDoctorCheck
{
    private static readonly string[] OldPrefixes = ["CLAWDBOT_", "MOLTBOT_"];
    private static readonly string[] Ports = ["OPENCLAW_GATEWAY_PORT", "CLAWDBOT_GATEWAY_PORT"];

    public string Area => "Environment";

    public Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Look(patient)]);

    private static IEnumerable<Finding> Look(Patient patient)
    {
        var environment = patient.Environment;
        var old = environment.Variables.Keys.Where(static name => OldPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal).ToList();
        if (old.Count > 0)
        {
            yield return new Finding("env.old_names", FindingSeverity.Warning, "Variables with names of an older version", $"{string.Join(", ", old)}: some are still read, where the new name is not set; the others do nothing.")
            {
                Remedy = "name them OPENCLAW_…, or remove them",
            };
        }
        foreach (var name in Ports)
        {
            if (environment.Get(name) is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && GatewayEnvironment.IsPort(port)))
            {
                yield return new Finding("env.port", FindingSeverity.Warning, name + " is no port", "It is passed over; the configured or usual port counts.")
                {
                    Remedy = $"set it to 1 to 65535, or unset it (port now: {patient.Port})",
                };
            }
        }
        var token = environment.Get("OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN");
        if (token is not null && patient.Snapshot.Gateway.Auth.Token is { } configured && configured.Trim() != token)
        {
            yield return new Finding("env.token_differs", FindingSeverity.Warning, "Two different tokens", "The gateway takes gateway.auth.token; commands present OPENCLAW_GATEWAY_TOKEN, and are refused where no device is paired.")
            {
                Remedy = "unset the variable, or make both the same",
            };
        }
    }
}
