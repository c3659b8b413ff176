using System.CommandLine;
using OpenClaw.Cli.Commands.Agent;
using OpenClaw.Cli.Commands.Approvals;
using OpenClaw.Cli.Commands.Backup;
using OpenClaw.Cli.Commands.Channels;
using OpenClaw.Cli.Commands.Completion;
using OpenClaw.Cli.Commands.Config;
using OpenClaw.Cli.Commands.Configure;
using OpenClaw.Cli.Commands.Cron;
using OpenClaw.Cli.Commands.Dashboard;
using OpenClaw.Cli.Commands.Devices;
using OpenClaw.Cli.Commands.Doctor;
using OpenClaw.Cli.Commands.Gateway;
using OpenClaw.Cli.Commands.Gateway.Service;
using OpenClaw.Cli.Commands.Health;
using OpenClaw.Cli.Commands.Logs;
using OpenClaw.Cli.Commands.Message;
using OpenClaw.Cli.Commands.Node;
using OpenClaw.Cli.Commands.Nodes;
using OpenClaw.Cli.Commands.Onboard;
using OpenClaw.Cli.Commands.Pairing;
using OpenClaw.Cli.Commands.Protocol;
using OpenClaw.Cli.Commands.Qr;
using OpenClaw.Cli.Commands.Queue;
using OpenClaw.Cli.Commands.Removal;
using OpenClaw.Cli.Commands.Security;
using OpenClaw.Cli.Commands.Sessions;
using OpenClaw.Cli.Commands.Setup;
using OpenClaw.Cli.Commands.Status;
using OpenClaw.Cli.Commands.Update;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands;

/// <summary>All commands. Only the one that is named is built: its neighbours' options would be made for nothing.</summary>
internal static class CommandTree
{
    private static readonly (string Name, Func<CommandContext, Command> Create)[] Commands =
    [
        ("agent", AgentCommand.Create),
        ("approvals", ApprovalsCommand.Create),
        ("backup", BackupCommand.Create),
        ("channels", ChannelsCommand.Create),
        ("completion", CompletionCommand.Create),
        ("config", ConfigCommand.Create),
        ("configure", ConfigureCommand.Create),
        ("cron", CronCommand.Create),
        ("daemon", ServiceCommands.Daemon),
        ("dashboard", DashboardCommand.Create),
        ("devices", DevicesCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("gateway", GatewayCommand.Create),
        ("health", HealthCommand.Create),
        ("logs", LogsCommand.Create),
        ("message", MessageCommand.Create),
        ("node", NodeCommand.Create),
        ("nodes", NodesCommand.Create),
        ("onboard", OnboardCommand.Create),
        ("pairing", PairingCommand.Create),
        ("protocol", ProtocolCommand.Create),
        ("qr", QrCommand.Create),
        ("queue", QueueCommand.Create),
        ("reset", ResetCommand.Create),
        ("security", SecurityCommand.Create),
        ("sessions", SessionsCommand.Create),
        ("setup", SetupCommand.Create),
        ("status", StatusCommand.Create),
        ("uninstall", UninstallCommand.Create),
        ("update", UpdateCommand.Create),
    ];

    public static RootCommand Build(CommandContext context, IReadOnlyList<string> args)
    {
        var root = new RootCommand("Runs and operates the OpenClaw gateway.");
        var named = Named(args);
        foreach (var (name, create) in Commands)
        {
            if (named is null || named == name)
                root.Add(create(context));
        }
        foreach (var option in root.Options)
        {
            // The process answers it before commands are looked at.
            if (option is VersionOption)
                option.Description = "Show the version.";
        }
        // Taken off the command line before it is parsed; here for the help.
        root.Add(new Option<bool>("--dev") { Description = "Use the dev instance: state in ~/.openclaw-dev, port 19001. Stands before the command." });
        root.Add(new Option<string>("--profile") { Description = "Use a named instance: state in ~/.openclaw-<name>. Stands before the command.", HelpName = "name" });
        root.Add(new Option<bool>("--no-color") { Description = "No colours." });
        return root;
    }

    /// <summary>The command that the first word names; null when all are needed, for help or to say that there is no such command.</summary>
    private static string? Named(IReadOnlyList<string> args)
    {
        if (args.Count == 0)
            return null;
        foreach (var (name, _) in Commands)
        {
            if (args[0] == name)
                return name;
        }
        return null;
    }
}
