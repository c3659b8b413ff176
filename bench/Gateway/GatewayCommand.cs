using System.Diagnostics;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary><c>bench -- gateway</c>: measures the gateway beside a bare server (and the original) and writes the table.</summary>
internal static class GatewayCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        string? peer = null;
        string? output = null;
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--peer":
                    peer = args[i + 1];
                    break;
                case "--output":
                    output = args[i + 1];
                    break;
                default:
                    return await FailAsync($"unknown option {args[i]}");
            }
        }
        if (args.Length % 2 != 0)
            return await FailAsync($"{args[^1]} needs a value");
        if (!OperatingSystem.IsLinux())
            return await FailAsync("the gateway's benchmarks read /proc, so they need Linux");
        return await MeasureAsync(FindRoot(), peer, output);
    }

    private static async Task<int> MeasureAsync(string root, string? peer, string? output)
    {
        var load = Machine.LoadAverage;
        var homes = Directory.CreateTempSubdirectory("openclaw-bench-");
        try
        {
            List<Subject> subjects = [Subjects.OpenClaw(root, Path.Combine(homes.FullName, "own")), Subjects.Bare()];
            if (peer is not null)
                subjects.Add(Subjects.Peer(peer, Path.Combine(homes.FullName, "peer")));
            await BuildAsync(subjects[0]);
            var results = new List<Result>();
            foreach (var subject in subjects)
            {
                await Console.Error.WriteLineAsync("measuring " + subject.Name);
                results.Add(await Measurement.RunAsync(subject));
            }
            var page = Report.Write(results, load);
            await Console.Out.WriteAsync(page);
            var path = output ?? Path.Combine(Directory.CreateDirectory(Path.Combine(root, "docs")).FullName, "benchmarks.md");
            await File.WriteAllTextAsync(path, page + Report.OthersIn(path));
            return 0;
        }
        finally
        {
            homes.Delete(recursive: true);
        }
    }

    /// <summary>The first call of <c>./openclaw</c> publishes; that is not to be measured.</summary>
    private static async Task BuildAsync(Subject subject)
    {
        using var build = Process.Start(subject.FileName, ["--version"]);
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"{subject.FileName} does not build; its message is above.");
    }

    public static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "OpenClaw.Aspire.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The benchmarks run from inside the checkout.");
    }

    private static async Task<int> FailAsync(string reason)
    {
        await Console.Error.WriteLineAsync("bench gateway: " + reason);
        return 2;
    }
}
