using OpenClaw.Cli.Services.Launchd;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Services.Systemd;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services;

/// <summary>A service that looks like a gateway's.</summary>
/// <param name="Platform"><c>linux</c>, <c>darwin</c>, <c>win32</c>.</param>
/// <param name="Label">Its name under the service manager.</param>
/// <param name="Detail">Where its definition is, e.g. <c>unit: /…</c>.</param>
/// <param name="Scope"><c>user</c> or <c>system</c>.</param>
/// <param name="Product">The name in its definition: <c>openclaw</c>, <c>clawdbot</c>, <c>moltbot</c>.</param>
internal sealed record FoundService(string Platform, string Label, string Detail, string Scope, string Product)
{
    /// <summary>The definition; empty where there is no file.</summary>
    public string Path { get; init; } = "";

    /// <summary>It has the marks of a gateway of this product, of whichever profile and implementation.</summary>
    public bool IsOurs { get; init; }

    /// <summary>It is of an earlier name of the product.</summary>
    public bool IsLegacy => Product != ServiceMarks.Marker;
}

/// <summary>
/// Finds services on this machine that look like gateways: the instance's own, those of its other profiles, and those of earlier names of the
/// product. For <c>gateway status</c>, <c>gateway uninstall --legacy</c> and <c>doctor</c>.
/// </summary>
internal sealed class ServiceInventory(GatewayEnvironment environment, ServiceHost host, IProcessRunner runner, TimeProvider time)
{
    private const long MostBytes = 256 * 1024;

    /// <summary>Of this machine, for a command.</summary>
    public static ServiceInventory Of(CommandContext context) =>
        new(context.Environment, context.ServiceHost, new ProcessRunner(context.Environment.Variables, context.Time), context.Time);

    private string Home => environment.Get("HOME") ?? environment.HomeDirectory;

    /// <summary>All of them, ours too.</summary>
    /// <param name="deep">The directories of the system too, which hold a few hundred files; on Windows nothing is looked at without.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<FoundService>> ScanAsync(bool deep, CancellationToken cancellation) => host.Platform switch
    {
        ServicePlatform.Linux => Scan("linux", "unit", ".service", [(SystemdService.UserUnits(environment), "user"), .. Deep(deep, [host.SystemUnits, .. host.PackageUnits])]),
        ServicePlatform.MacOS => Scan("darwin", "plist", ".plist", [(Path.Combine(Home, "Library", "LaunchAgents"), "user"), .. Deep(deep, host.SystemLaunchDirectories)]),
        ServicePlatform.Windows when deep => await ScanTasksAsync(cancellation).ConfigureAwait(false),
        _ => [],
    };

    /// <summary>Those that are not ours: whoever has one may run two gateways without knowing.</summary>
    public async Task<IReadOnlyList<FoundService>> ScanOthersAsync(bool deep, CancellationToken cancellation) =>
        [.. (await ScanAsync(deep, cancellation).ConfigureAwait(false)).Where(static service => !service.IsOurs)];

    /// <summary>Stops and removes the services of earlier names of the product that belong to this user; a line for each.</summary>
    public async Task<ServiceOutcome> RemoveLegacyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        ServiceFailure? failure = null;
        foreach (var service in (await ScanAsync(deep: false, cancellation).ConfigureAwait(false)).Where(static service => service is { IsLegacy: true, Scope: "user", IsOurs: false }))
        {
            var outcome = host.Platform is ServicePlatform.MacOS
                ? await new LaunchdService(environment, host, runner, time).RemoveAsync(service.Label, cancellation).ConfigureAwait(false)
                : await RemoveUnitAsync(service, cancellation).ConfigureAwait(false);
            lines.AddRange(outcome.Lines);
            failure ??= outcome.Failure;
        }
        return new ServiceOutcome(lines.Count == 0 && failure is null ? ["No services of earlier versions."] : lines, failure);
    }

    private async Task<ServiceOutcome> RemoveUnitAsync(FoundService service, CancellationToken cancellation)
    {
        var systemctl = new Systemctl(runner, environment, host, isSystemWide: false);
        if (await systemctl.ProbeAsync(cancellation).ConfigureAwait(false) is { } unreachable)
            return ServiceOutcome.Failed(unreachable);
        // Not loaded, it cannot be disabled; its file goes all the same.
        await systemctl.DoAsync(cancellation, "disable", "--now", service.Label).ConfigureAwait(false);
        var (removed, failure) = DefinitionFile.Remove(service.Path);
        await systemctl.DoAsync(cancellation, "daemon-reload").ConfigureAwait(false);
        return failure is not null ? ServiceOutcome.Failed(failure) : new ServiceOutcome(removed ? [$"Removed systemd service: {service.Path}"] : []);
    }

    private static IEnumerable<(string, string)> Deep(bool deep, IEnumerable<string> directories) => deep ? directories.Select(static directory => (directory, "system")) : [];

    private List<FoundService> Scan(string platform, string kind, string extension, IEnumerable<(string Directory, string Scope)> places)
    {
        var found = new List<FoundService>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (directory, scope) in places)
        {
            // On most systems one of the package directories is a link to the other.
            foreach (var path in Files(directory, extension).Where(path => seen.Add(System.IO.Path.GetFileName(path) + scope)))
            {
                if (Read(path) is not { } text || ServiceMarks.ProductIn(text) is not { } product)
                    continue;
                var name = System.IO.Path.GetFileName(path);
                var label = kind == "plist" ? System.IO.Path.GetFileNameWithoutExtension(name) : name;
                found.Add(new FoundService(platform, label, $"{kind}: {path}", scope, product) { Path = path, IsOurs = ServiceMarks.IsOurs(label, text) });
            }
        }
        return found;
    }

    private async Task<IReadOnlyList<FoundService>> ScanTasksAsync(CancellationToken cancellation)
    {
        var listed = await runner.RunAsync("schtasks", ["/Query", "/FO", "CSV", "/NH", "/V"], host.AnswerPatience, null, cancellation).ConfigureAwait(false);
        var found = new List<FoundService>();
        foreach (var line in listed.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // "HOST","\Name","N/A",…: the name is the second of many columns.
            if (line.Trim('"').Split("\",\"") is not [_, var name, ..] || ServiceMarks.ProductIn(line) is not { } product || !line.Contains(ServiceMarks.Kind, StringComparison.OrdinalIgnoreCase))
                continue;
            name = name.TrimStart('\\');
            if (found.All(service => service.Label != name))
                found.Add(new FoundService("win32", name, "task: " + name, "system", product) { IsOurs = name.StartsWith("OpenClaw Gateway", StringComparison.OrdinalIgnoreCase) });
        }
        return found;
    }

    private static IEnumerable<string> Files(string directory, string extension)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*" + extension).Order(StringComparer.Ordinal).ToList() : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MostBytes } ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
