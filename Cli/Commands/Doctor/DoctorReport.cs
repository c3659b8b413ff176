using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Doctor;

/// <summary>What a doctor found and did, for people and for programs.</summary>
internal sealed class DoctorReport(
    CommandContext context, Patient patient, IReadOnlyList<AreaFindings> areas, IReadOnlyList<RepairOutcome> repairs, DoctorOptions options)
{
    private readonly List<Finding> _all = [.. areas.SelectMany(static area => area.Findings)];

    /// <summary>Neither warnings nor errors are left.</summary>
    public bool IsHealthy => !_all.Any(static finding => finding.IsProblem);

    public string Describe()
    {
        var text = new StringBuilder("OpenClaw doctor\n");
        text.Append(CultureInfo.InvariantCulture, $"Instance: {patient.Show(patient.Environment.StateDirectory)}, configuration {patient.Show(patient.Environment.ConfigPath)}\n");
        foreach (var repair in repairs)
            text.Append(CultureInfo.InvariantCulture, $"{(repair.Done ? "repaired" : "not repaired")}  {TerminalText.HarmlessLine(repair.Finding.Title)}: {TerminalText.HarmlessLine(repair.Text)}\n");
        foreach (var area in areas)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{area.Area}\n");
            if (area.Findings.Count == 0)
                text.Append("  ok\n");
            foreach (var finding in area.Findings.OrderByDescending(static finding => finding.Severity))
                Append(text, finding);
        }
        return text.Append('\n').Append(Conclusion()).ToString();
    }

    private static void Append(StringBuilder text, Finding finding)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {Label(finding.Severity)}  {TerminalText.HarmlessLine(finding.Title)}  [{finding.Id}]\n");
        text.Append(CultureInfo.InvariantCulture, $"           {TerminalText.Harmless(finding.Detail).Replace("\n", "\n           ", StringComparison.Ordinal)}\n");
        if (finding.Repair is { } repair)
            text.Append(CultureInfo.InvariantCulture, $"           --fix would: {TerminalText.HarmlessLine(repair.Description)}{(repair.NeedsConsent ? " (asks first, or --yes)" : "")}\n");
        if (finding.Remedy is { } remedy)
            text.Append(CultureInfo.InvariantCulture, $"           {(finding.Repair is null ? "Do" : "Or")}: {TerminalText.HarmlessLine(remedy)}\n");
    }

    private string Conclusion()
    {
        if (IsHealthy)
            return repairs.Count > 0 ? "Nothing is wrong any more." : "Nothing is wrong.";
        var errors = _all.Count(static finding => finding.Severity is FindingSeverity.Error);
        var warnings = _all.Count(static finding => finding.Severity is FindingSeverity.Warning);
        var left = string.Create(CultureInfo.InvariantCulture, $"{errors} error{(errors == 1 ? "" : "s")}, {warnings} warning{(warnings == 1 ? "" : "s")}.");
        var fixable = _all.Count(static finding => finding is { IsProblem: true, Repair: not null });
        return fixable > 0 && !options.Fix
            ? string.Create(CultureInfo.InvariantCulture, $"{left} {fixable} can be repaired: {context.Environment.CommandName} doctor --fix")
            : left;
    }

    private static string Label(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "ERROR  ",
        FindingSeverity.Warning => "WARNING",
        _ => "note   ",
    };

    public string ToJson() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("ts", context.Time.GetUtcNow().ToUnixTimeMilliseconds());
        writer.WriteString("version", ProductVersion.Number);
        writer.WriteBoolean("ok", IsHealthy);
        writer.WriteString("stateDir", patient.Environment.StateDirectory);
        writer.WriteString("configPath", patient.Environment.ConfigPath);
        writer.WriteStartObject("summary");
        foreach (var severity in (ReadOnlySpan<FindingSeverity>)[FindingSeverity.Error, FindingSeverity.Warning, FindingSeverity.Info])
            writer.WriteNumber(Name(severity), _all.Count(finding => finding.Severity == severity));
        writer.WriteEndObject();
        writer.WriteStartArray("findings");
        foreach (var area in areas)
        {
            foreach (var finding in area.Findings)
                Write(writer, area.Area, finding);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("repairs");
        foreach (var repair in repairs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", repair.Finding.Id);
            writer.WriteBoolean("done", repair.Done);
            writer.WriteString("text", repair.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string area, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("id", finding.Id);
        writer.WriteString("area", area);
        writer.WriteString("severity", Name(finding.Severity));
        writer.WriteString("title", finding.Title);
        writer.WriteString("detail", finding.Detail);
        if (finding.Remedy is not null)
            writer.WriteString("remedy", finding.Remedy);
        writer.WriteBoolean("fixable", finding.Repair is not null);
        if (finding.Repair is { } repair)
        {
            writer.WriteString("fix", repair.Description);
            writer.WriteBoolean("fixNeedsConsent", repair.NeedsConsent);
        }
        writer.WriteEndObject();
    }

    private static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "info",
    };
}
