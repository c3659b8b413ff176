using System.Globalization;
using OpenClaw.Cli.Diagnosis;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>What all checks of an area found.</summary>
internal sealed record AreaFindings(string Area, IReadOnlyList<Finding> Findings);

/// <summary>Runs the checks beside each other. One that hangs or breaks is a finding, and delays the others by nothing.</summary>
/// <param name="checks">In the order of the report.</param>
/// <param name="time">Clock of the limit.</param>
internal sealed class Examination(IReadOnlyList<IDoctorCheck> checks, TimeProvider time)
{
    /// <summary>A dead network drive answers after minutes, or never.</summary>
    public static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<AreaFindings>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(checks.Select(check => RunAsync(check, patient, cancellation))).ConfigureAwait(false);
        return [.. checks.Zip(found).GroupBy(static pair => pair.First.Area).Select(static group => new AreaFindings(group.Key, [.. group.SelectMany(static pair => pair.Second)]))];
    }

    private async Task<IReadOnlyList<Finding>> RunAsync(IDoctorCheck check, Patient patient, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // On a thread of its own: reading from a dead drive blocks, and cannot be cancelled.
        var looking = Task.Run(() => check.LookAsync(patient, ending.Token), ending.Token);
        try
        {
            return await looking.WaitAsync(CheckLimit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await ending.CancelAsync().ConfigureAwait(false);
            return [Unfinished("doctor.check_timeout", check, string.Create(CultureInfo.InvariantCulture, $"It did not end within {CheckLimit.TotalSeconds:0} s. A drive or a service that does not answer does this."))];
        }
#pragma warning disable CA1031 // Whatever breaks one check: the others' findings are what the user needs most then.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return [Unfinished("doctor.check_failed", check, $"{e.GetType().Name}: {e.Message}")];
        }
    }

    private static Finding Unfinished(string id, IDoctorCheck check, string why) =>
        new(id, FindingSeverity.Warning, "A check could not be made: " + check.GetType().Name, why);
}
