using System.Globalization;
using System.Text;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>The results as the page <c>docs/benchmarks.md</c>.</summary>
internal static class Report
{
    private sealed record Row(string Title, string Unit, string Format, string Target, Func<Result, double> Value, Func<double, bool> Meets);

    private static readonly Row[] Rows =
    [
        new("Start to the first `hello-ok`, warm", "ms", "0", "≤ 600", static r => r.StartMs, static v => v <= 600),
        new("Processor time of the server until then", "ms", "0", "", static r => r.StartCpuMs, static _ => true),
        new("Memory after 10 s without work (RSS)", "MB", "0", "≤ 110", static r => r.IdleMegabytes, static v => v <= 110),
        new("`system-presence`, 16 connections × 8 in flight", "calls/s", "#,0", "≥ 100,000", static r => r.CallsPerSecond, static v => v >= 100_000),
        new("Processor time of the server per call", "µs", "0.0", "≤ 8", static r => r.CpuMicrosecondsPerCall, static v => v <= 8),
        new("Memory after that load (RSS)", "MB", "0", "", static r => r.LoadedMegabytes, static _ => true),
        new("`gateway health` of the command line", "ms", "0", "≤ 350", static r => r.ClientMs, static v => v <= 350),
    ];

    public static string Write(IReadOnlyList<Result> results, double loadBefore)
    {
        var page = new StringBuilder();
        page.AppendLine("# Benchmarks").AppendLine();
        page.AppendLine("Written by `bench/run gateway`; do not edit. Medians; the load generator runs on the same machine as the servers.");
        page.AppendLine("The bare server answers a fixed frame and does nothing else, so the ratio to it is what the gateway adds to Kestrel.");
        page.AppendLine("In the row of the command line the bare server has a program that connects, asks once and ends.").AppendLine();
        page.AppendLine("- Machine: " + Machine.Describe());
        page.AppendLine(CultureInfo.InvariantCulture, $"- Load average when it began: {loadBefore:0.00}. {(Machine.IsQuiet(loadBefore) ? "Nothing else was running." : "**Other programs were running: times are too long and rates too low; memory and processor times still hold.**")}");
        page.AppendLine();
        AppendTable(page, results);
        return page.ToString();
    }

    /// <summary>Puts a section into a page that other benchmarks write too.</summary>
    public static void Replace(string path, string heading, string section)
    {
        var page = File.Exists(path) ? File.ReadAllText(path) : "# Benchmarks\n";
        var begin = page.IndexOf(heading, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : page.IndexOf("\n## ", begin + heading.Length, StringComparison.Ordinal);
        File.WriteAllText(path, begin < 0 ? $"{page.TrimEnd()}\n\n{section}" : page[..begin] + section + (end < 0 ? "" : page[end..]));
    }

    /// <summary>The sections that others have put into a page.</summary>
    public static string OthersIn(string path) =>
        File.Exists(path) && File.ReadAllText(path) is var page && page.IndexOf("\n## ", StringComparison.Ordinal) is var begin and >= 0 ? page[begin..] : "";

    private static void AppendTable(StringBuilder page, IReadOnlyList<Result> results)
    {
        var others = results.Skip(1).ToArray();
        page.Append("| | unit | target | ").AppendJoin(" | ", results.Select(static r => r.Subject.Name));
        page.Append(string.Concat(others.Select(static r => " | ratio to " + r.Subject.Name))).AppendLine(" |");
        page.Append("|---|---|--:|").Append(string.Concat(Enumerable.Repeat("--:|", results.Count + others.Length))).AppendLine();
        foreach (var row in Rows)
        {
            var ours = row.Value(results[0]);
            var mark = row.Meets(ours) ? "" : " (missed)";
            page.Append(CultureInfo.InvariantCulture, $"| {row.Title} | {row.Unit} | {row.Target} | **{Text(ours, row.Format)}**{mark}");
            foreach (var other in others)
                page.Append(" | ").Append(Text(row.Value(other), row.Format));
            foreach (var other in others)
                page.Append(" | ").Append(Text(ours / row.Value(other), "0.00")).Append(" ×");
            page.AppendLine(" |");
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
