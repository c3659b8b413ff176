using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Channels;

/// <summary><c>openclaw channels</c>: the accounts over which people write, in the configuration and as the gateway runs them.</summary>
internal static class ChannelsCommand
{
    public static Command Create(CommandContext context) => new("channels", "See, add and remove the accounts over which people write.")
    {
        List(context),
        Status(context),
        Capabilities(context),
        Add(context),
        Remove(context),
        Login(context),
        Logout(context),
        Resolve(context),
        Logs(context),
    };

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var noUsage = new Option<bool>("--no-usage") { Description = "Leave out what providers of models say about limits." };
        var command = new Command("list", "Show the accounts that are configured.") { json, noUsage };
        command.SetAction((result, cancellation) => ChannelsList.RunAsync(context, result.GetValue(json), !result.GetValue(noUsage), cancellation));
        return command;
    }

    private static Command Status(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var probe = new Option<bool>("--probe") { Description = "Ask the channels' services too whether the accounts work." };
        var command = new Command("status", "Show how the accounts are doing, as the gateway says.") { probe };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new ChannelsStatusRun(context, flags.Read(result)).StatusAsync(result.GetValue(probe), cancellation));
        return command;
    }

    private static Command Capabilities(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var channel = Channel();
        var account = Account();
        var command = new Command("capabilities", "Show what can be done over a channel.") { channel, account };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new ChannelsStatusRun(context, flags.Read(result)).CapabilitiesAsync(result.GetValue(channel), result.GetValue(account), cancellation));
        return command;
    }

    private static Command Add(CommandContext context)
    {
        var channel = new Option<string>("--channel") { Description = "The channel: telegram.", HelpName = "name", Required = true };
        var account = Account();
        var name = new Option<string?>("--name") { Description = "What the account is called in lists.", HelpName = "name" };
        var token = new Option<string?>("--token", "--bot-token") { Description = "The bot's token, from BotFather.", HelpName = "token" };
        var file = new Option<string?>("--token-file") { Description = "File that holds the token; it is read where the gateway runs.", HelpName = "path" };
        var useEnv = new Option<bool>("--use-env") { Description = "The token is in TELEGRAM_BOT_TOKEN; for the default account only." };
        var probe = new Option<bool>("--probe") { Description = "Have the running gateway try the account, and tell what came of it." };
        var command = new Command("add", "Add an account to the configuration, or change its token; a gateway that runs uses it at once.") { channel, account, name, token, file, useEnv, probe };
        command.SetAction((result, cancellation) => new ChannelsChange(context).AddAsync(
            new NewAccount(result.GetValue(channel)!, result.GetValue(account))
            {
                Name = result.GetValue(name),
                Token = result.GetValue(token),
                TokenFile = result.GetValue(file),
                UsesVariable = result.GetValue(useEnv),
            },
            result.GetValue(probe),
            cancellation));
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var channel = new Option<string>("--channel") { Description = "The channel.", HelpName = "name", Required = true };
        var account = Account();
        var delete = new Option<bool>("--delete") { Description = "Take it out of the configuration; else it is only switched off." };
        var command = new Command("remove", "Switch an account off, or take it out of the configuration.") { channel, account, delete };
        command.SetAction((result, cancellation) => new ChannelsChange(context).RemoveAsync(result.GetValue(channel)!, result.GetValue(account), result.GetValue(delete), cancellation));
        return command;
    }

    private static Command Login(CommandContext context)
    {
        var channel = Channel();
        var account = Account();
        var verbose = new Option<bool>("--verbose") { Description = "Say more." };
        var command = new Command("login", "Link an account with a phone, for channels that are linked so.") { channel, account, verbose };
        command.SetAction((result, _) => ChannelsLogin.LoginAsync(context, result.GetValue(channel)));
        return command;
    }

    private static Command Logout(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var channel = Channel();
        var account = Account();
        var command = new Command("logout", "Have an account give up its credentials.") { channel, account };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => ChannelsLogin.LogoutAsync(context, flags.Read(result), result.GetValue(channel), result.GetValue(account), cancellation));
        return command;
    }

    private static Command Resolve(CommandContext context)
    {
        var entries = new Argument<string[]>("entries") { Description = "Names.", Arity = ArgumentArity.OneOrMore };
        var channel = Channel();
        var account = Account();
        var kind = new Option<string?>("--kind") { Description = "auto, user or group.", HelpName = "kind" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("resolve", "Find the ids of names, for channels that can look them up.") { entries, channel, account, kind, json };
        command.SetAction((result, _) => ChannelsLogin.ResolveAsync(context, result.GetValue(channel)));
        return command;
    }

    private static Command Logs(CommandContext context)
    {
        var channel = Channel();
        var lines = new Option<int>("--lines") { Description = "How many at most, the newest (200).", HelpName = "n", DefaultValueFactory = static _ => ChannelsLogs.DefaultLines };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("logs", "Show what the log file of this machine says about channels.") { channel, lines, json };
        command.SetAction((result, cancellation) => ChannelsLogs.RunAsync(context, result.GetValue(channel), result.GetValue(lines), result.GetValue(json), cancellation));
        return command;
    }

    private static Option<string?> Channel() => new("--channel") { Description = "The channel.", HelpName = "name" };

    private static Option<string?> Account() => new("--account") { Description = "The account (default).", HelpName = "id" };
}
