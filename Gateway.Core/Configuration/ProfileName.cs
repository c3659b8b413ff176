namespace OpenClaw.Gateway.Core.Configuration;

internal static class ProfileName
{
    /// <summary>What a profile adds to names: nothing for none and for <c>default</c>, else <c>-&lt;profile&gt;</c>.</summary>
    public static string SuffixOf(string? profile) =>
        string.IsNullOrEmpty(profile) || string.Equals(profile, "default", StringComparison.OrdinalIgnoreCase) ? "" : "-" + profile;
}
