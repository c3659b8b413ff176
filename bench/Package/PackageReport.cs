using System.Globalization;
using System.Text;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Package;

/// <summary>Its section of docs/benchmarks.md.</summary>
internal static class PackageReport
{
    public const string Heading = "## The package";

    private sealed record Row(string Title, string Unit, double? Limit, Func<PackageTrial, double> Value);

    private static readonly Row[] Rows =
    [
        new("Start to the first `hello-ok`, warm", "ms", 400, static trial => trial.StartMs),
        new("The same, before a gateway has ever lived for five seconds", "ms", null, static trial => trial.FirstStartMs),
        new("Processor time of the server until then, warm", "ms", null, static trial => trial.StartCpuMs),
        new("Memory after 10 s without work (RSS)", "MB", 90, static trial => trial.IdleMegabytes),
        new("`openclaw --help`", "ms", 120, static trial => trial.HelpMs),
        new("`openclaw gateway status`, the gateway answers", "ms", 300, static trial => trial.StatusMs),
        new("`openclaw gateway status`, nothing answers", "ms", 1000, static trial => trial.DeadStatusMs),
    ];

    public static string Write(IReadOnlyList<PackageTrial> trials, double load, long archiveBytes, long folderBytes)
    {
        var page = new StringBuilder();
        page.AppendLine(Heading).AppendLine();
        page.AppendLine("Written by `bench/run package`: the folder of `eng/package`, with new state and with 128 sessions of 8 MB each, started in turns. Medians of ten.");
        page.AppendLine();
        page.AppendLine("- Machine: " + Machine.Describe());
        page.AppendLine(CultureInfo.InvariantCulture, $"- Load average when it began: {load:0.00}. {(Machine.IsQuiet(load) ? "Nothing else was running." : "**Other programs were running: times are too long; memory, sizes and ratios still hold.**")}");
        page.AppendLine(CultureInfo.InvariantCulture, $"- Download (`.tar.gz`): **{archiveBytes / 1e6:0.0} MB** (target ≤ 60){(archiveBytes > 60_000_000 ? " (missed)" : "")}; unpacked {folderBytes / 1e6:0} MB, with the runtime.");
        page.AppendLine();
        page.Append("| | unit | target | ").AppendJoin(" | ", trials.Select(static trial => trial.Name)).AppendLine(" | ratio |");
        page.AppendLine("|---|---|--:|--:|--:|--:|");
        foreach (var row in Rows)
        {
            var (fresh, large) = (row.Value(trials[0]), row.Value(trials[1]));
            var mark = row.Limit is { } limit && fresh > limit ? " (missed)" : "";
            page.AppendLine(CultureInfo.InvariantCulture, $"| {row.Title} | {row.Unit} | {(row.Limit is { } most ? $"≤ {most:0}" : "")} | **{fresh:0}**{mark} | {large:0} | {large / fresh:0.00} × |");
        }
        return page.ToString();
    }
}
