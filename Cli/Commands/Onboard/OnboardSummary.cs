using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>The JSON of <c>onboard --json</c>, in the peer's shape.</summary>
internal static class OnboardSummary
{
    public static string Write(OnboardingResult applied, OnboardingChoices choices, OnboardArguments arguments, string authChoice, GatewayEnvironment environment) => JsonText.Write(writer =>
    {
        var gateway = applied.Snapshot!.Gateway;
        writer.WriteStartObject();
        if (gateway.Mode is GatewayMode.Remote)
        {
            writer.WriteString("mode", "remote");
            writer.WriteString("remoteUrl", gateway.Remote.Url);
            writer.WriteString("auth", choices.RemoteToken is null && gateway.Remote.Token is null ? "none" : "token");
            writer.WriteEndObject();
            return;
        }
        writer.WriteString("mode", "local");
        writer.WriteString("workspace", applied.Workspace);
        writer.WriteString("authChoice", authChoice);
        writer.WriteStartObject("gateway");
        writer.WriteNumber("port", environment.ResolvePort(null, gateway.Port));
        writer.WriteString("bind", gateway.Bind.ToString().ToLowerInvariant());
        writer.WriteString("authMode", choices.AuthMode ?? "token");
        writer.WriteString("tailscaleMode", choices.Tailscale ?? "off");
        writer.WriteEndObject();
        writer.WriteBoolean("installDaemon", choices.InstallService == true);
        if (choices.InstallService == true)
            writer.WriteString("daemonRuntime", arguments.DaemonRuntime ?? "node");
        writer.WriteBoolean("skipSkills", arguments.SkipSkills);
        writer.WriteBoolean("skipHealth", arguments.SkipHealth);
        writer.WriteEndObject();
    });
}
