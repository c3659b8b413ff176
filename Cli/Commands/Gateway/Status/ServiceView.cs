using OpenClaw.Cli.Services;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>The instance as the installed service sees it: with the variables of its definition over those of this command.</summary>
/// <param name="Environment">The instance.</param>
/// <param name="Snapshot">Its configuration.</param>
/// <param name="Port">The port on its command line.</param>
internal sealed record ServiceView(GatewayEnvironment Environment, ConfigSnapshot Snapshot, int? Port)
{
    /// <summary>Reads it; without a service it is this command's own view.</summary>
    public static async Task<ServiceView> OfAsync(CommandContext context, ConfigSnapshot own, InstalledService? installed, CancellationToken cancellation)
    {
        if (installed is null)
            return new ServiceView(context.Environment, own, null);
        var variables = context.Environment.Variables.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in installed.Environment)
            variables[name] = value;
        var home = installed.Environment.GetValueOrDefault("HOME") ?? context.Environment.HomeDirectory;
        var environment = GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = variables,
            UserHomeDirectory = home,
            CurrentDirectory = home,
            TempDirectory = Path.GetDirectoryName(context.Environment.LockDirectory) ?? context.Environment.LockDirectory,
            UserId = context.Environment.UserId,
        });
        var snapshot = environment.ConfigPath == context.Environment.ConfigPath && environment.StateDirectory == context.Environment.StateDirectory
            ? own
            : await new ConfigLoader(environment).LoadAsync(cancellation).ConfigureAwait(false);
        return new ServiceView(environment, snapshot, installed.Port);
    }
}
