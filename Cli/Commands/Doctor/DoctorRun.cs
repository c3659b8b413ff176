using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>
/// One <c>openclaw doctor</c>: looks, repairs if that is wanted, and looks again, so that what is reported as repaired is. Ends with 0 when
/// nothing is wrong any more and with 1 when warnings or errors are left.
/// </summary>
internal sealed class DoctorRun(CommandContext context, DoctorOptions options)
{
    private readonly Consent _consent = new(context, options);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var examination = new Examination(DoctorChecks.All, context.Time);
        var patient = await Patient.ExamineAsync(context, options, cancellation).ConfigureAwait(false);
        var areas = await examination.RunAsync(patient, cancellation).ConfigureAwait(false);
        var outcomes = new List<RepairOutcome>();
        // Twice: what a broken configuration hides is seen only when that is repaired.
        for (var round = 0; round < 2 && Wanted(areas, outcomes) is { Count: > 0 } wanted; round++)
        {
            outcomes.AddRange(await new RepairRun(context, _consent.AskAsync).ApplyAsync(wanted, cancellation).ConfigureAwait(false));
            patient = await Patient.ExamineAsync(context, options, cancellation).ConfigureAwait(false);
            areas = await examination.RunAsync(patient, cancellation).ConfigureAwait(false);
        }
        var report = new DoctorReport(context, patient, areas, outcomes, options);
        await context.Out.WriteLineAsync(options.Json ? report.ToJson() : report.Describe()).ConfigureAwait(false);
        return report.IsHealthy ? 0 : 1;
    }

    /// <summary>What is to be repaired now, and was not tried yet.</summary>
    private List<Finding> Wanted(IReadOnlyList<AreaFindings> areas, List<RepairOutcome> tried) =>
        [.. areas.SelectMany(static area => area.Findings).Where(finding =>
            finding.Repair is { } repair
            && (options.Fix || (options.GenerateToken && finding.Id == Checks.GatewaySecretCheck.MissingId))
            && !tried.Any(outcome => outcome.Finding.Id == finding.Id && outcome.Finding.Repair!.Description == repair.Description))];
}
