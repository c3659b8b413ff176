namespace OpenClaw.Cli.Services;

/// <summary>Systems with a service manager that is known here.</summary>
internal enum ServicePlatform
{
    Linux,
    MacOS,
    Windows,

    /// <summary>Anything else.</summary>
    Unknown,
}

/// <summary>What service management has to know of the machine and of this process.</summary>
internal sealed record ServiceHost
{
    private const string KernelReleaseFile = "/proc/sys/kernel/osrelease";

    public required ServicePlatform Platform { get; init; }

    /// <summary>Name of the user that runs this.</summary>
    public required string UserName { get; init; }

    /// <summary>The program that this process runs; null when the system does not tell.</summary>
    public required string? ProgramPath { get; init; }

    /// <summary>The assembly, for a program that is only the .NET host.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Kernel release, which says whether this is WSL.</summary>
    public string KernelRelease { get; init; } = "";

    /// <summary>The directory that is there when, and only when, systemd is the first process (<c>sd_booted(3)</c>).</summary>
    public string SystemdMark { get; init; } = "/run/systemd/system";

    /// <summary>Parent of the users' runtime directories, in which their buses are.</summary>
    public string RuntimeRoot { get; init; } = "/run/user";

    /// <summary>Where an administrator's units are.</summary>
    public string SystemUnits { get; init; } = "/etc/systemd/system";

    /// <summary>Where the units of packages are.</summary>
    public IReadOnlyList<string> PackageUnits { get; init; } = ["/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>Where the launchd definitions of all users are.</summary>
    public IReadOnlyList<string> SystemLaunchDirectories { get; init; } = ["/Library/LaunchAgents", "/Library/LaunchDaemons"];

    /// <summary>How long a program of the service manager may take to answer, or to change a file.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to start or stop a gateway: longer than the service manager itself waits for one to stop.</summary>
    public TimeSpan WorkPatience => ServiceDefaults.DrainBudget.SupervisorPatience + (2 * AnswerPatience);

    /// <summary>How long all questions of a status may take together; they are asked at once. A service manager that hangs must not make the status hang.</summary>
    public TimeSpan StatusPatience { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The Windows Subsystem for Linux.</summary>
    public bool IsWsl => KernelRelease.Contains("microsoft", StringComparison.OrdinalIgnoreCase);

    /// <summary>This machine and this process.</summary>
    public static ServiceHost Read() => new()
    {
        Platform = OperatingSystem.IsMacOS() ? ServicePlatform.MacOS
            : OperatingSystem.IsWindows() ? ServicePlatform.Windows
            : OperatingSystem.IsLinux() ? ServicePlatform.Linux
            : ServicePlatform.Unknown,
        UserName = Environment.UserName,
        ProgramPath = Environment.ProcessPath,
        AssemblyPath = Path.Combine(AppContext.BaseDirectory, "openclaw.dll"),
        KernelRelease = File.Exists(KernelReleaseFile) ? File.ReadAllText(KernelReleaseFile).Trim() : "",
    };
}
