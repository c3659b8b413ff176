using System.Globalization;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Security;

/// <summary>Webhooks: requests from outside that start work.</summary>
internal static class HookSettings
{
    public static IEnumerable<Finding> Look(AuditSubject subject)
    {
        var hooks = subject.Snapshot.Root.Section("hooks");
        if (hooks.Bool("enabled") != true)
            yield break;
        var token = hooks.Text("token");
        if (token is not null && GatewayExposure.Written(subject, "hooks", "token"))
        {
            yield return new Finding("config.secrets.hooks_token_in_config", FindingSeverity.Info, "The token for hooks stands in the configuration",
                "hooks.token is written in clear; keep the file to yourself.");
        }
        if (token is { Length: < GatewayExposure.ShortestSecret })
        {
            yield return new Finding("hooks.token_too_short", FindingSeverity.Warning, "The token for hooks is short",
                string.Create(CultureInfo.InvariantCulture, $"hooks.token has {token.Length} characters, and whoever guesses it gives the agent orders."))
            {
                Remedy = "Set hooks.token to a long random one.",
            };
        }
        if (token is not null && GatewayAuth.Resolve(subject.Snapshot).Token?.Trim() == token)
        {
            yield return new Finding("hooks.token_reuse_gateway_token", FindingSeverity.Warning, "Hooks and the gateway have one token",
                "Every service that may call a hook can also do everything else.")
            {
                Remedy = "Give hooks.token a value of its own.",
            };
        }
        if (hooks.Text("path") == "/")
        {
            yield return new Finding("hooks.path_root", FindingSeverity.Error, "Hooks are at the root of the gateway's addresses",
                "hooks.path is \"/\", which covers everything else.")
            {
                Remedy = "Set hooks.path to \"/hooks\".",
            };
        }
    }
}
