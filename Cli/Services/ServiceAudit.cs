using OpenClaw.Cli.Services.Systemd;

namespace OpenClaw.Cli.Services;

/// <summary>Something about an installed service that should be otherwise.</summary>
/// <param name="Code">Stable name; the peer's where it has one.</param>
/// <param name="Message">For people.</param>
/// <param name="Detail">Where, or which.</param>
/// <param name="Level"><c>recommended</c>, or <c>aggressive</c>: what somebody may have meant, and only <c>--force</c> may change.</param>
internal sealed record ServiceIssue(string Code, string Message, string? Detail = null, string Level = ServiceIssue.Recommended)
{
    public const string Recommended = "recommended";
    public const string Aggressive = "aggressive";
}

/// <summary>Looks an installed service over, for <c>gateway status</c> and for <c>doctor</c>.</summary>
internal static class ServiceAudit
{
    private static readonly string[] VersionManagers = [".nvm/", ".fnm/", ".volta/", ".asdf/", "/n/bin", ".nodenv/", ".nodebrew/", "/nvs/", "/pnpm"];

    /// <summary>What is to be said about it, most important first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="platform">Its system.</param>
    /// <param name="home">Home directory of its user.</param>
    public static IReadOnlyList<ServiceIssue> Check(InstalledService service, ServicePlatform platform, string home)
    {
        var issues = new List<ServiceIssue>();
        if (!service.Arguments.Contains(ServiceMarks.Kind))
            issues.Add(new ServiceIssue("gateway-command-missing", "The service's command does not run the gateway.", Level: ServiceIssue.Aggressive));
        else if (service.Arguments.Count > 0 && Path.IsPathRooted(service.Arguments[0]) && !File.Exists(service.Arguments[0]))
            issues.Add(new ServiceIssue("gateway-program-missing", "The program that the service starts is gone.", service.Arguments[0]));
        AddPath(issues, service, platform, home);
        if (platform is ServicePlatform.Linux)
            AddSystemd(issues, service);
        if (platform is ServicePlatform.MacOS)
            AddLaunchd(issues, service);
        return issues;
    }

    private static void AddPath(List<ServiceIssue> issues, InstalledService service, ServicePlatform platform, string home)
    {
        if (platform is ServicePlatform.Windows)
            return;
        if (service.Environment.GetValueOrDefault("PATH") is not { Length: > 0 } path)
        {
            issues.Add(new ServiceIssue("gateway-path-missing", "The service has no PATH of its own; it should have a short one."));
            return;
        }
        var directories = path.Split(':', StringSplitOptions.RemoveEmptyEntries);
        var missing = ServiceSearchPath.Required(platform).Except(directories, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            issues.Add(new ServiceIssue("gateway-path-missing-dirs", "The service's PATH lacks directories of the system.", string.Join(", ", missing)));
        // Those below the home directory are the ones that install writes itself; elsewhere they are of the shell that installed it.
        var shells = directories.Where(directory => !directory.StartsWith(home + "/", StringComparison.Ordinal) && VersionManagers.Any(part => (directory + "/").Contains(part, StringComparison.Ordinal))).ToList();
        if (shells.Count > 0)
            issues.Add(new ServiceIssue("gateway-path-nonminimal", "The service's PATH has directories of version managers, which come and go.", string.Join(", ", shells)));
    }

    private static void AddSystemd(List<ServiceIssue> issues, InstalledService service)
    {
        var settings = SystemdUnitFile.Settings(service.Text).ToList();
        if (!Has("Unit", "After", "network-online.target"))
            issues.Add(new ServiceIssue("systemd-after-network-online", "The unit does not wait for the network (After=network-online.target).", service.SourcePath));
        if (!Has("Unit", "Wants", "network-online.target"))
            issues.Add(new ServiceIssue("systemd-wants-network-online", "The unit does not ask for the network (Wants=network-online.target).", service.SourcePath));
        if (!settings.Any(static setting => setting is { Section: "Service", Key: "RestartSec", Value: "5" or "5s" or "5sec" or "5000ms" }))
            issues.Add(new ServiceIssue("systemd-restart-sec", "The unit's pause before a new start is not 5 s (RestartSec=5).", service.SourcePath));

        bool Has(string section, string key, string word) =>
            settings.Any(setting => setting.Section == section && setting.Key == key && setting.Value.Split(' ').Contains(word));
    }

    private static void AddLaunchd(List<ServiceIssue> issues, InstalledService service)
    {
        if (!IsTrue("RunAtLoad"))
            issues.Add(new ServiceIssue("launchd-run-at-load", "The agent does not start with the login (RunAtLoad).", service.SourcePath));
        if (!IsTrue("KeepAlive"))
            issues.Add(new ServiceIssue("launchd-keep-alive", "The agent is not started again after an end (KeepAlive).", service.SourcePath));

        bool IsTrue(string key) => Launchd.LaunchdPlist.HasTrue(service.Text, key);
    }
}
