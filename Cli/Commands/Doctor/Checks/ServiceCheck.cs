using System.Globalization;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>The gateway as a service: how it is defined, whether it runs, and whether there are others. One that is not installed is none that is wrong.</summary>
internal sealed class ServiceCheck : IDoctorCheck
{
    public string Area => "Service";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        if (ServiceSupervisors.Of(patient.Context) is { } supervisor && supervisor.ReadDefinition() is { } service)
        {
            var home = patient.Environment.Get("HOME") ?? patient.Environment.HomeDirectory;
            findings.AddRange(ServiceAudit.Check(service, patient.Context.ServiceHost.Platform, home).Select(issue => Audit(patient, issue)));
            if (service.Port is { } port && port != patient.Port)
            {
                findings.Add(new Finding("service.port", FindingSeverity.Warning, "The service listens on another port", string.Create(
                    CultureInfo.InvariantCulture, $"{patient.Show(service.SourcePath)} says {port}, and commands of this instance use {patient.Port}."))
                {
                    Remedy = $"{patient.Environment.CommandName} gateway install --force",
                });
            }
            if (await supervisor.ReadRuntimeAsync(cancellation).ConfigureAwait(false) is { Status: ServiceRuntime.Stopped } stopped)
            {
                findings.Add(new Finding("service.stopped", FindingSeverity.Warning, "The service is installed, and does not run", TerminalText.HarmlessLine($"{supervisor.Name}: {stopped}"))
                {
                    Remedy = $"{patient.Environment.CommandName} gateway start; {supervisor.LogHint}",
                });
            }
        }
        var others = await ServiceInventory.Of(patient.Context).ScanOthersAsync(patient.Options.Deep, cancellation).ConfigureAwait(false);
        if (others.Count > 0)
        {
            findings.Add(new Finding("service.others", FindingSeverity.Warning, "Other services look like gateways",
                TerminalText.Harmless(string.Join('\n', others.Select(static other => $"{other.Label} ({other.Scope}, {other.Detail})"))) + "\nTwo gateways with one bot take each other's messages.")
            {
                Remedy = "stop and remove what is not meant to run",
            });
        }
        return findings;
    }

    /// <summary>What somebody may have meant is theirs; it is told, and no problem.</summary>
    private static Finding Audit(Patient patient, ServiceIssue issue) => new(
        "service." + issue.Code,
        issue switch { { Level: ServiceIssue.Aggressive } => FindingSeverity.Info, { Code: "gateway-program-missing" } => FindingSeverity.Error, _ => FindingSeverity.Warning },
        "The service's definition",
        TerminalText.HarmlessLine(issue.Message + (issue.Detail is null ? "" : $" ({issue.Detail})")))
    {
        Remedy = $"{patient.Environment.CommandName} gateway install --force",
    };
}
