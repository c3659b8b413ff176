using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>One <c>openclaw security audit</c>. It reports: what it finds does not change the exit code, a configuration that cannot be read does.</summary>
internal sealed class SecurityRun(CommandContext context, bool deep, bool fix, bool json)
{
    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(5);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return 1;
        var subject = new AuditSubject(snapshot, context.Environment);
        var findings = SecurityAudit.Run(subject);
        IReadOnlyList<RepairOutcome> repairs = [];
        if (fix)
        {
            // Who asks for the fix of an audit has agreed to what it does; it only takes rights away.
            repairs = await new RepairRun(context, static (_, _) => Task.FromResult(true)).ApplyAsync(findings, cancellation).ConfigureAwait(false);
            snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
            findings = SecurityAudit.Run(new AuditSubject(snapshot, context.Environment));
        }
        if (deep)
            findings = [.. findings.Concat(await ProbeAsync(cancellation).ConfigureAwait(false)).OrderByDescending(static finding => finding.Severity)];
        await context.Out.WriteLineAsync(json ? ToJson(findings, repairs) : Describe(findings, repairs)).ConfigureAwait(false);
        return repairs.Any(static repair => !repair.Done) ? 1 : 0;
    }

    private async Task<IReadOnlyList<Finding>> ProbeAsync(CancellationToken cancellation)
    {
        var route = await GatewayCaller.RouteAsync(context, new ClientArguments(), cancellation).ConfigureAwait(false);
        var probe = await GatewayProber.ProbeAsync(context, route, ProbeBudget, ["health"], cancellation).ConfigureAwait(false);
        return probe.Ok ? [] :
        [
            new Finding("gateway.probe_failed", FindingSeverity.Warning, "The gateway could not be looked at", TerminalText.HarmlessLine(probe.Error ?? "unknown"))
            {
                Remedy = $"Run {context.Environment.CommandName} status --all.",
            },
        ];
    }

    private string Describe(IReadOnlyList<Finding> findings, IReadOnlyList<RepairOutcome> repairs)
    {
        var text = new StringBuilder("OpenClaw security audit\n");
        text.Append(CultureInfo.InvariantCulture, $"Summary: {Summary(findings)}\n");
        if (!deep)
            text.Append(CultureInfo.InvariantCulture, $"Run deeper: {context.Environment.CommandName} security audit --deep\n");
        foreach (var repair in repairs)
            text.Append(CultureInfo.InvariantCulture, $"{(repair.Done ? "Fixed" : "Not fixed")}: {repair.Text}\n");
        foreach (var group in findings.GroupBy(static finding => finding.Severity))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Name(group.Key).ToUpperInvariant()}\n");
            foreach (var finding in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"{finding.Id} {finding.Title}\n  {TerminalText.Harmless(finding.Detail).Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
                if (finding.Remedy is { } remedy)
                    text.Append(CultureInfo.InvariantCulture, $"  Fix: {remedy}\n");
            }
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary><c>0 critical · 2 warn · 1 info</c>.</summary>
    public static string Summary(IReadOnlyList<Finding> findings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(findings, FindingSeverity.Error)} critical · {Count(findings, FindingSeverity.Warning)} warn · {Count(findings, FindingSeverity.Info)} info");

    /// <summary>A severity in the peer's word for it.</summary>
    public static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "critical",
        FindingSeverity.Warning => "warn",
        _ => "info",
    };

    private static int Count(IReadOnlyList<Finding> findings, FindingSeverity severity) => findings.Count(finding => finding.Severity == severity);

    private string ToJson(IReadOnlyList<Finding> findings, IReadOnlyList<RepairOutcome> repairs) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        WriteMembers(writer, findings, context.Time.GetUtcNow());
        if (fix)
        {
            writer.WriteStartArray("fixes");
            foreach (var repair in repairs)
            {
                writer.WriteStartObject();
                writer.WriteString("checkId", repair.Finding.Id);
                writer.WriteBoolean("ok", repair.Done);
                writer.WriteString("text", repair.Text);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    });

    /// <summary>The members of an audit report: <c>ts</c>, <c>summary</c>, <c>findings</c>.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        writer.WriteNumber("ts", now.ToUnixTimeMilliseconds());
        writer.WriteStartObject("summary");
        foreach (var severity in (ReadOnlySpan<FindingSeverity>)[FindingSeverity.Error, FindingSeverity.Warning, FindingSeverity.Info])
            writer.WriteNumber(Name(severity), Count(findings, severity));
        writer.WriteEndObject();
        writer.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("checkId", finding.Id);
            writer.WriteString("severity", Name(finding.Severity));
            writer.WriteString("title", finding.Title);
            writer.WriteString("detail", finding.Detail);
            if (finding.Remedy is not null)
                writer.WriteString("remediation", finding.Remedy);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
