using System.Reflection;

namespace OpenClaw.Cli.Startup;

/// <summary>Version of this build.</summary>
internal static class ProductVersion
{
    private static readonly string Informational =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The number alone, e.g. <c>2026.11.0</c>.</summary>
    public static string Number => Informational.Split('+')[0];

    /// <summary>Source revision, when the build knew it.</summary>
    public static string? Commit => Informational.Split('+') is [_, { Length: > 0 } commit] ? commit[..Math.Min(12, commit.Length)] : null;
}
