namespace OpenClaw.Cli.Tests.Updates;

/// <summary>A fact that needs <c>/proc</c>: other systems do not say from which files programs run, and there the code under test keeps no version for them.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Which programs run from where, only Linux tells.";
    }
}
