using System.CommandLine;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary><c>openclaw onboard</c>: from nothing to a gateway that runs, by questions or by flags. The flags are the peer's.</summary>
internal static class OnboardCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new OnboardFlags();
        var command = new Command("onboard", "Set up gateway, model, channels and service, by questions or with flags.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new OnboardRun(context, flags.Read(result)).ExecuteAsync(cancellation));
        return command;
    }
}

/// <summary>Its flags.</summary>
internal sealed class OnboardFlags
{
    private readonly Dictionary<string, Option<string?>> _texts = [];
    private readonly Dictionary<string, Option<bool>> _switches = [];

    public OnboardFlags()
    {
        Switch("--non-interactive", "Ask nothing; the flags say everything.");
        Switch("--accept-risk", "You know what an agent with tools may do; needed with --non-interactive.");
        Switch("--json", "Print a summary as JSON, and nothing else on standard output.");
        Switch("--reset", "Put configuration, credentials and sessions aside first, into the state directory.");
        Text("--flow", "quickstart, advanced or manual.", "flow");
        Text("--mode", "local for a gateway here, remote for one elsewhere.", "mode");
        Text("--workspace", "Directory of the agent's files.", "dir");
        Text("--remote-url", "WebSocket address of a gateway elsewhere.", "url");
        Text("--remote-token", "Its token.", "token");
        Text("--auth-choice", "Which provider's key is meant, or skip.", "choice");
        foreach (var provider in OnboardingProvider.All)
            Text(provider.Flag, $"Key of {provider.Label}.", "key");
        Text("--token", "A provider's token, with --auth-choice token.", "token");
        Text("--token-provider", "Whose it is.", "id");
        Text("--token-profile-id", "Name to keep it under (<provider>:default).", "id");
        Text("--token-expires-in", "How long it lasts: 12h, 365d.", "duration");
        Text("--gateway-port", "Port.", "port");
        Text("--gateway-bind", "loopback, tailnet, lan, auto or custom.", "mode");
        Text("--gateway-auth", "token or password.", "mode");
        Text("--gateway-token", "Token of the gateway; without it the one that is there stays, or one is made.", "token");
        Text("--gateway-password", "Password of the gateway.", "password");
        Text("--tailscale", "off, serve or funnel.", "mode");
        Switch("--tailscale-reset-on-exit", "Take the Tailscale exposure back when the gateway stops.");
        Switch("--install-daemon", "Install the gateway as a service.");
        Switch("--no-install-daemon", "Install none.");
        Switch("--skip-daemon", "Install none.");
        Text("--daemon-runtime", "Taken for scripts of the Node gateway: node or bun; nothing here depends on it.", "runtime");
        Switch("--skip-channels", "Leave the channels alone.");
        Switch("--skip-skills", "Leave the skills alone.");
        Switch("--skip-health", "Try no key, and wait for no gateway.");
        Switch("--skip-ui", "Do not tell where the page is.");
        Text("--node-manager", "npm, pnpm or bun, for skills that need packages.", "name");
        Text("--telegram-bot-token", "Token of a Telegram bot.", "token");
    }

    public void AddTo(Command command)
    {
        foreach (var option in _switches.Values)
            command.Add(option);
        foreach (var option in _texts.Values)
            command.Add(option);
    }

    public OnboardArguments Read(ParseResult result)
    {
        var keys = new Dictionary<string, string>();
        foreach (var provider in OnboardingProvider.All)
        {
            if (Given(result, provider.Flag)?.Trim() is { Length: > 0 } key)
                keys[provider.Id] = key;
        }
        return new OnboardArguments
        {
            NonInteractive = On(result, "--non-interactive"),
            AcceptRisk = On(result, "--accept-risk"),
            Json = On(result, "--json"),
            Reset = On(result, "--reset"),
            Flow = Given(result, "--flow"),
            Mode = Given(result, "--mode"),
            Workspace = Given(result, "--workspace"),
            RemoteUrl = Given(result, "--remote-url"),
            RemoteToken = Given(result, "--remote-token"),
            AuthChoice = Given(result, "--auth-choice"),
            Keys = keys,
            Token = Given(result, "--token"),
            TokenProvider = Given(result, "--token-provider"),
            TokenProfileId = Given(result, "--token-profile-id"),
            TokenExpiresIn = Given(result, "--token-expires-in"),
            GatewayPort = Given(result, "--gateway-port"),
            GatewayBind = Given(result, "--gateway-bind"),
            GatewayAuth = Given(result, "--gateway-auth"),
            GatewayToken = Given(result, "--gateway-token"),
            GatewayPassword = Given(result, "--gateway-password"),
            Tailscale = Given(result, "--tailscale"),
            TailscaleResetOnExit = On(result, "--tailscale-reset-on-exit"),
            InstallDaemon = On(result, "--no-install-daemon") || On(result, "--skip-daemon") ? false : On(result, "--install-daemon") ? true : null,
            DaemonRuntime = Given(result, "--daemon-runtime"),
            SkipChannels = On(result, "--skip-channels"),
            SkipSkills = On(result, "--skip-skills"),
            SkipHealth = On(result, "--skip-health"),
            SkipUi = On(result, "--skip-ui"),
            NodeManager = Given(result, "--node-manager"),
            TelegramBotToken = Given(result, "--telegram-bot-token"),
        };
    }

    private void Text(string name, string description, string helpName) => _texts[name] = new Option<string?>(name) { Description = description, HelpName = helpName };

    private void Switch(string name, string description) => _switches[name] = new Option<bool>(name) { Description = description };

    private string? Given(ParseResult result, string name) => result.GetValue(_texts[name]);

    private bool On(ParseResult result, string name) => result.GetValue(_switches[name]);
}
