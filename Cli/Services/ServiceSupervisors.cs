using OpenClaw.Cli.Services.Launchd;
using OpenClaw.Cli.Services.Programs;
using OpenClaw.Cli.Services.Systemd;
using OpenClaw.Cli.Services.WindowsTask;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Services;

/// <summary>The service manager of this machine.</summary>
internal static class ServiceSupervisors
{
    /// <summary>For the gateway of the instance; null where there is no service manager that is known.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="isSystemWide">The system's manager instead of the user's; null for the one that has a definition.</param>
    public static IServiceSupervisor? Of(CommandContext context, bool? isSystemWide = null) => Of(context.Environment, context.ServiceHost, context.Time, isSystemWide);

    /// <inheritdoc cref="Of(CommandContext, bool?)"/>
    public static IServiceSupervisor? Of(GatewayEnvironment environment, ServiceHost host, TimeProvider time, bool? isSystemWide = null)
    {
        var runner = new ProcessRunner(environment.Variables, time);
        return host.Platform switch
        {
            ServicePlatform.Linux => Systemd(environment, host, runner, time, isSystemWide),
            ServicePlatform.MacOS => new LaunchdService(environment, host, runner, time),
            ServicePlatform.Windows => new ScheduledTaskService(environment, host, runner),
            _ => null,
        };
    }

    private static SystemdService Systemd(GatewayEnvironment environment, ServiceHost host, ProcessRunner runner, TimeProvider time, bool? isSystemWide)
    {
        var user = new SystemdService(environment, host, runner, time, isSystemWide: false);
        var system = new SystemdService(environment, host, runner, time, isSystemWide: true);
        return isSystemWide ?? (!File.Exists(user.DefinitionPath) && File.Exists(system.DefinitionPath)) ? system : user;
    }
}
