using System.Globalization;
using OpenClaw.Cli.Commands.Gateway.Service;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Services.Systemd;
using OpenClaw.Cli.Startup;

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
            var repair = patient.Options.Force ? Reinstall(patient, supervisor, service) : null;
            // One repair for all of them: the definition is written anew.
            findings.AddRange(ServiceAudit.Check(service, patient.Context.ServiceHost.Platform, home).Concat(OtherProgram(patient, service)).Select((issue, index) => Audit(patient, issue) with { Repair = index == 0 ? repair : null }));
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
            findings.AddRange(await AtBootAsync(patient, supervisor, cancellation).ConfigureAwait(false));
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

    /// <summary>A service of the Node version, or of another installation: it is well, and not what this command's user thinks it is.</summary>
    private static IEnumerable<ServiceIssue> OtherProgram(Patient patient, InstalledService service)
    {
        var program = service.Arguments.TakeWhile(static argument => argument != ServiceMarks.Kind).ToList();
        if (program.Count == 0 || program.Count == service.Arguments.Count || !File.Exists(program[0]) || ServiceProgram.Locate(patient.Context.ServiceHost) is not { Failure: null, Command: var own })
            yield break;
        if (!program.SequenceEqual(own, StringComparer.Ordinal))
            yield return new ServiceIssue("gateway-entrypoint-mismatch", "The service starts another installation than this one.", $"{string.Join(' ', program)}, and not {string.Join(' ', own)}");
    }

    /// <summary>Whether it comes back after a restart of the machine.</summary>
    private static async Task<IReadOnlyList<Finding>> AtBootAsync(Patient patient, IServiceSupervisor supervisor, CancellationToken cancellation)
    {
        var presence = await supervisor.FindAsync(cancellation).ConfigureAwait(false);
        if (presence.Failure is not null)
            return [];
        if (!presence.IsLoaded)
        {
            return
            [
                new Finding("service.not_loaded", FindingSeverity.Warning, "The service is not started by itself", TerminalText.HarmlessLine($"{patient.Show(supervisor.DefinitionPath)} is there, and {supervisor.Label} says: {supervisor.NotLoadedText}."))
                {
                    Remedy = $"{patient.Environment.CommandName} gateway install --force; or, when it is not wanted, gateway uninstall",
                },
            ];
        }
        if (supervisor is not SystemdService { IsSystemWide: false })
            return [];
        var host = patient.Context.ServiceHost;
        var linger = new Linger(new ProcessRunner(patient.Environment.Variables, patient.Time), host.UserName, host.AnswerPatience);
        return await linger.IsOnAsync(cancellation).ConfigureAwait(false) is not false ? [] :
        [
            new Finding("service.linger", FindingSeverity.Warning, "The gateway ends with your login", $"It stops when {TerminalText.HarmlessLine(host.UserName)} logs out, and does not start at boot: systemd lingering is off.")
            {
                Remedy = $"sudo loginctl enable-linger {TerminalText.HarmlessLine(host.UserName)}",
                Repair = new Repair.Act("switch systemd lingering on", async token => await linger.SwitchOnAsync(token).ConfigureAwait(false) ? null : linger.Advice) { NeedsConsent = true },
            },
        ];
    }

    /// <summary>What <c>gateway install --force</c> does, which keeps what it replaces where that was no gateway's, and starts the service anew.</summary>
    private static Repair.Act Reinstall(Patient patient, IServiceSupervisor supervisor, InstalledService service) => new(
        $"write {patient.Show(service.SourcePath)} anew and restart the service",
        async cancellation =>
        {
            var said = new StringWriter(CultureInfo.InvariantCulture);
            await using var closing = said.ConfigureAwait(false);
            var quiet = new CommandContext(patient.Environment, said, said, patient.Context.Console, patient.Time) { ServiceHost = patient.Context.ServiceHost };
            var flags = new ServiceInstallFlags
            {
                Force = true,
                IsSystemWide = supervisor.IsSystemWide,
                Port = service.Port?.ToString(CultureInfo.InvariantCulture),
                // A unit of the original may be the only place that has it.
                Token = service.Environment.GetValueOrDefault("OPENCLAW_GATEWAY_TOKEN"),
            };
            var exitCode = await new ServiceInstallRun(quiet, flags).ExecuteAsync(cancellation).ConfigureAwait(false);
            return exitCode == 0 ? null : said.ToString().Trim();
        })
    {
        NeedsConsent = true,
    };

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
