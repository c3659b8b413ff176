using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Onboarding.Checks;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>What the flags decide, checked; the texts of what is wrong are those that scripts of the peer know.</summary>
/// <param name="Choices">What is decided.</param>
/// <param name="Auth">The provider's part of it.</param>
/// <param name="Problem">What is wrong with a flag, or null.</param>
internal sealed record FlagChoices(OnboardingChoices Choices, AuthChoice Auth, string? Problem = null)
{
    public static FlagChoices Read(OnboardArguments arguments, CommandContext context)
    {
        var auth = AuthChoice.Of(arguments, context.Environment, context.Time.GetUtcNow());
        if ((ProblemOf(arguments, out var port) ?? auth.Problem) is { } problem)
            return new FlagChoices(new OnboardingChoices(), auth, problem);
        var tailscale = arguments.Tailscale is "serve" or "funnel" ? arguments.Tailscale : null;
        return new FlagChoices(new OnboardingChoices
        {
            Remote = arguments.Mode is { } mode ? mode == "remote" : null,
            RemoteUrl = arguments.RemoteUrl,
            RemoteToken = arguments.RemoteToken,
            Workspace = context.Environment.ExpandPath(arguments.Workspace),
            Key = auth.Key,
            Port = port,
            // Tailscale brings clients to the loopback address; anything else would be open beside it.
            Bind = tailscale is null ? arguments.GatewayBind : "loopback",
            AuthMode = tailscale == "funnel" ? "password" : arguments.GatewayAuth ?? (arguments is { GatewayToken: null, GatewayPassword: not null } ? "password" : null),
            Token = arguments.GatewayToken,
            Password = arguments.GatewayPassword,
            Tailscale = arguments.Tailscale,
            TailscaleResetOnExit = arguments.TailscaleResetOnExit ? true : null,
            TelegramToken = arguments.SkipChannels ? null : arguments.TelegramBotToken,
            NodeManager = arguments.SkipSkills ? null : arguments.NodeManager,
            InstallService = arguments.InstallDaemon,
        }, auth);
    }

    private static string? ProblemOf(OnboardArguments arguments, out int? port)
    {
        port = null;
        if (arguments.GatewayPort is { } text)
        {
            if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || !GatewayEnvironment.IsPort(number))
                return "Invalid --gateway-port";
            port = number;
        }
        if (arguments.Flow is not (null or "quickstart" or "manual" or "advanced"))
            return "Invalid --flow (use quickstart, manual, or advanced).";
        if (arguments.GatewayBind is not (null or "loopback" or "tailnet" or "lan" or "auto" or "custom"))
            return "Invalid --gateway-bind (use loopback|tailnet|lan|auto|custom).";
        if (arguments.GatewayAuth is not (null or "token" or "password"))
            return "Invalid --gateway-auth (use token|password).";
        if (arguments.Tailscale is not (null or "off" or "serve" or "funnel"))
            return "Invalid --tailscale (use off|serve|funnel).";
        if (arguments.DaemonRuntime is not (null or "node" or "bun"))
            return "Invalid --daemon-runtime (use node or bun)";
        if (arguments.NodeManager is not (null or "npm" or "pnpm" or "bun"))
            return "Invalid --node-manager (use npm, pnpm, or bun)";
        if (arguments.GatewayToken is { } token && !OnboardingChecks.IsSecret(token))
            return "Invalid --gateway-token (letters, digits and signs without blanks).";
        if (arguments is { GatewayAuth: "password", GatewayPassword: null } or { Tailscale: "funnel", GatewayPassword: null })
            return "Missing --gateway-password for password auth.";
        if (arguments.TelegramBotToken is { } bot && !OnboardingChecks.IsBotToken(bot))
            return "Invalid --telegram-bot-token (expected a bot's token, like 123456:ABC…).";
        return null;
    }
}
