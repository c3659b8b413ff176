using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;

namespace OpenClaw.Cli.Diagnosis;

/// <summary>Carries repairs out, one after the other, and says what became of each. One that fails stops no other.</summary>
/// <param name="context">The command's surroundings.</param>
/// <param name="consents">Asked for each repair that needs consent.</param>
internal sealed class RepairRun(CommandContext context, Func<Finding, CancellationToken, Task<bool>> consents)
{
    public const string Declined = "left as it is: it needs --yes";

    public async Task<IReadOnlyList<RepairOutcome>> ApplyAsync(IEnumerable<Finding> findings, CancellationToken cancellation)
    {
        var outcomes = new List<RepairOutcome>();
        var edits = new List<(Finding Finding, Repair.Edit Repair)>();
        foreach (var finding in findings)
        {
            if (finding.Repair is { NeedsConsent: true } && !await consents(finding, cancellation).ConfigureAwait(false))
                outcomes.Add(new RepairOutcome(finding, false, Declined));
            else if (finding.Repair is Repair.Edit edit)
                edits.Add((finding, edit));
            else if (finding.Repair is Repair.Act act)
                outcomes.Add(await ActAsync(finding, act, cancellation).ConfigureAwait(false));
        }
        if (edits.Count > 0)
            outcomes.AddRange(await EditAsync(edits, cancellation).ConfigureAwait(false));
        return outcomes;
    }

    private static async Task<RepairOutcome> ActAsync(Finding finding, Repair.Act act, CancellationToken cancellation)
    {
        var failure = await act.RunAsync(cancellation).ConfigureAwait(false);
        return new RepairOutcome(finding, failure is null, failure ?? act.Description);
    }

    private async Task<IReadOnlyList<RepairOutcome>> EditAsync(List<(Finding Finding, Repair.Edit Repair)> edits, CancellationToken cancellation)
    {
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        var writer = new ConfigWriter(new ConfigLoader(context.Environment), context.Time, log.Loggers);
        var request = new ConfigWriteRequest([.. edits.SelectMany(static edit => edit.Repair.Edits)]);
        var result = await writer.WriteAsync(request, cancellation).ConfigureAwait(false);
        return [.. edits.Select(edit => new RepairOutcome(edit.Finding, result.Succeeded, result.Succeeded ? edit.Repair.Description : result.Error!))];
    }
}
