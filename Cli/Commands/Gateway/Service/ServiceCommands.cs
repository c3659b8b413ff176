using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Gateway.Service;

/// <summary><c>openclaw gateway install|uninstall|start|stop|restart</c>, and the same under the older name <c>daemon</c>.</summary>
internal static class ServiceCommands
{
    /// <summary>Adds them to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="outer">The flags of the group, which may stand before the subcommand too; null for a group without.</param>
    public static void AddTo(Command group, CommandContext context, GatewayRunFlags? outer)
    {
        group.Add(Install(context, outer));
        group.Add(Uninstall(context));
        group.Add(Verb(context, ServiceVerb.Start, "Start the installed service."));
        group.Add(Verb(context, ServiceVerb.Stop, "Stop the service, or the gateway that runs without one."));
        group.Add(Verb(context, ServiceVerb.Restart, "Restart the service, or the gateway that runs without one."));
    }

    /// <summary>The older name of the group.</summary>
    public static Command Daemon(CommandContext context)
    {
        var command = new Command("daemon", "Older name of the gateway's service commands.") { Hidden = true };
        AddTo(command, context, null);
        command.Add(GatewayStatusCommand.Create(context, null));
        return command;
    }

    private static Command Install(CommandContext context, GatewayRunFlags? outer)
    {
        var port = new Option<string?>("--port") { Description = "Port of the service's gateway. Wins over the configuration.", HelpName = "port" };
        var token = new Option<string?>("--token") { Description = "Token, for a configuration that has none.", HelpName = "token" };
        var force = new Option<bool>("--force") { Description = "Install again, over what is installed." };
        var user = new Option<string?>("--run-as") { Description = "With --system: the user to run as (whoever called sudo).", HelpName = "user" };
        // The original chooses its interpreter with it; here is none to choose.
        var runtime = new Option<string?>("--runtime") { Description = "Accepted for scripts of the Node gateway: node or bun.", HelpName = "runtime", Hidden = true };
        var (system, json) = (System(), Json());
        var command = new Command("install", "Install the gateway as a service (systemd, launchd, Windows task), and start it.") { port, token, force, system, user, json, runtime };
        command.SetAction((result, cancellation) =>
        {
            var before = outer?.Read(result);
            var arguments = new ServiceInstallFlags
            {
                Port = result.GetValue(port) ?? before?.Port,
                Token = result.GetValue(token) ?? before?.Token,
                Force = result.GetValue(force) || before?.Force == true,
                IsSystemWide = result.GetValue(system),
                User = result.GetValue(user),
                Runtime = result.GetValue(runtime),
                Json = result.GetValue(json),
            };
            return new ServiceInstallRun(context, arguments).ExecuteAsync(cancellation);
        });
        return command;
    }

    private static Command Uninstall(CommandContext context)
    {
        var legacy = new Option<bool>("--legacy") { Description = "Remove the services of earlier names of the product instead (clawdbot, moltbot)." };
        var (system, json) = (System(), Json());
        var command = new Command("uninstall", "Stop the service and remove it.") { legacy, system, json };
        command.SetAction((result, cancellation) =>
            new ServiceUninstallRun(context, result.GetValue(legacy), result.GetValue(system), result.GetValue(json)).ExecuteAsync(cancellation));
        return command;
    }

    private static Command Verb(CommandContext context, ServiceVerb verb, string description)
    {
        var (system, json) = (System(), Json());
        var command = new Command(ServiceReport.NameOf(verb), description) { system, json };
        command.SetAction((result, cancellation) =>
            new ServiceVerbRun(context, verb, result.GetValue(system), result.GetValue(json)).ExecuteAsync(cancellation));
        return command;
    }

    private static Option<bool> System() => new("--system") { Description = "The system's service manager instead of the user's (systemd only)." };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };
}

/// <summary>What a user typed after <c>install</c>.</summary>
internal sealed record ServiceInstallFlags
{
    public string? Port { get; init; }

    public string? Token { get; init; }

    public bool Force { get; init; }

    public bool IsSystemWide { get; init; }

    public string? User { get; init; }

    public string? Runtime { get; init; }

    public bool Json { get; init; }

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public string? Problem =>
        GatewayStartFlags.TryParse(Port, null, null, null, out _) is { } refusal ? refusal.Lines[0]
        : Runtime is null or "node" or "bun" ? null : "Invalid --runtime (use \"node\" or \"bun\")";

    /// <summary>Never the token.</summary>
    public override string ToString() => $"ServiceInstallFlags {{ Port = {Port} }}";
}
