using System.Diagnostics;
using OpenClaw.Benchmarks.Gateway;

namespace OpenClaw.Benchmarks.Package;

/// <summary>
/// <c>bench -- package</c>: what eng/package makes, measured with new state and with a gigabyte of transcripts, in turns so that whatever
/// else the machine does falls on both.
/// </summary>
internal static class PackageCommand
{
    private const int Repeats = 10;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 1 || !OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("bench package: it takes at most the directory that eng/package wrote to, and reads /proc, so it needs Linux");
            return 2;
        }
        var root = GatewayCommand.FindRoot();
        var packages = args is [var given] ? Path.GetFullPath(given) : await PackAsync(root);
        var archive = Directory.GetFiles(packages, "openclaw-*-linux-*.tar.gz").Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new FileNotFoundException($"eng/package wrote nothing to {packages}.");
        var folder = archive[..^".tar.gz".Length];
        var load = Machine.LoadAverage;
        var homes = Directory.CreateTempSubdirectory("openclaw-bench-");
        try
        {
            PackageTrial[] trials =
            [
                new(Subjects.Packaged("new state", folder, Path.Combine(homes.FullName, "new"))),
                new(Subjects.Packaged("1 GB of transcripts", folder, await LargeState.CreateAsync(Path.Combine(homes.FullName, "large")))),
            ];
            // The first two fill the page cache.
            for (var turn = -2; turn < Repeats; turn++)
            {
                foreach (var trial in trials)
                    await trial.StartAndStopAsync(counts: turn >= 0);
            }
            foreach (var trial in trials)
                await trial.LearnAsync();
            for (var turn = 0; turn < Repeats; turn++)
            {
                foreach (var trial in trials)
                    await trial.StartAndStopAsync(counts: true);
            }
            foreach (var trial in trials)
                await trial.RestAsync(Idle, Repeats);
            var section = PackageReport.Write(trials, load, new FileInfo(archive).Length, SizeOf(folder));
            await Console.Out.WriteAsync(section);
            Report.Replace(Path.Combine(root, "docs", "benchmarks.md"), PackageReport.Heading, section);
            return 0;
        }
        finally
        {
            homes.Delete(recursive: true);
        }
    }

    private static async Task<string> PackAsync(string root)
    {
        var output = Path.Combine(root, "artifacts", "packages");
        using var build = Process.Start(Path.Combine(root, "eng", "package"), ["--output", output]);
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? output : throw new InvalidOperationException("eng/package failed; its message is above.");
    }

    private static long SizeOf(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
}
