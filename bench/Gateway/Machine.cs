using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenClaw.Benchmarks.Gateway;

/// <summary>What numbers depend on besides the program.</summary>
internal static class Machine
{
    /// <summary>Processors that something else already kept busy count against every number here.</summary>
    public const double QuietLoadPerCore = 0.5;

    public static double LoadAverage => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static bool IsQuiet(double load) => load <= QuietLoadPerCore * Environment.ProcessorCount;

    public static string Describe()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        var kilobytes = long.Parse(
            File.ReadLines("/proc/meminfo").First(static line => line.StartsWith("MemTotal:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"{cpu}, {Environment.ProcessorCount} cores, {kilobytes / 1048576.0:0.0} GiB, Linux {Environment.OSVersion.Version} {RuntimeInformation.OSArchitecture}, .NET {Environment.Version}");
    }
}
