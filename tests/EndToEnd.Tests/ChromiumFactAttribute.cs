namespace OpenClaw.EndToEnd.Tests;

/// <summary>A test that drives a browser; skipped, and saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public static readonly string? Executable =
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public ChromiumFactAttribute()
    {
        if (Executable is null)
            Skip = "No Chromium on this machine; on Debian: apt-get install chromium";
    }
}
