using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace OpenClaw.Benchmarks.Codec;

/// <summary><c>bench -- codec [BenchmarkDotNet options]</c>.</summary>
internal static class CodecCommand
{
    /// <summary>Runs the codec's benchmarks; 0 when all of them ran.</summary>
    public static int Run(string[] args)
    {
        // In this process: a project generated per benchmark would have to restore packages again. Short: minutes, not an hour.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        var summary = BenchmarkRunner.Run<CodecBenchmarks>(config, args);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }
}
