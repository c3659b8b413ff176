using System.Globalization;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Onboarding.Checks;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding.Questions;

/// <summary>Where the gateway listens, and who may come in.</summary>
internal sealed class GatewayQuestions(IWizardConversation conversation)
{
    /// <summary>What is there stays; else this machine only, with a token.</summary>
    public static OnboardingChoices Usual(OnboardingStart start, OnboardingChoices choices)
    {
        var gateway = start.Snapshot.Gateway;
        return choices with
        {
            Port = choices.Port ?? start.Environment.ResolvePort(null, gateway.Port),
            Bind = choices.Bind ?? Word(gateway.Bind),
            AuthMode = choices.AuthMode ?? ModeOf(start),
            Tailscale = choices.Tailscale ?? start.Snapshot.Root.Section("gateway").Section("tailscale").Text("mode") ?? "off",
        };
    }

    public async Task<OnboardingChoices> LocalAsync(OnboardingStart start, OnboardingChoices choices, CancellationToken cancellation)
    {
        var usual = Usual(start, choices);
        choices = choices with
        {
            Port = choices.Port ?? await PortAsync(usual.Port!.Value, cancellation).ConfigureAwait(false),
            Bind = choices.Bind ?? await conversation.SelectAsync("Who can reach it?",
            [
                new("loopback", "This machine only"),
                new("lan", "The local network", "the secret is all that protects it there"),
                new("tailnet", "The Tailscale network"),
                new("auto", "This machine, else the network"),
            ], usual.Bind == "custom" ? "loopback" : usual.Bind, cancellation).ConfigureAwait(false),
            AuthMode = choices.AuthMode ?? await conversation.SelectAsync("How do clients prove themselves?",
                [new("token", "A token"), new("password", "A password")], usual.AuthMode, cancellation).ConfigureAwait(false),
            Tailscale = usual.Tailscale,
        };
        return choices.AuthMode == "password"
            ? choices with { Password = choices.Password ?? await SecretAsync("Password", start.Snapshot.Gateway.Auth.Password is not null, cancellation).ConfigureAwait(false) }
            : choices with { Token = choices.Token ?? await SecretAsync("Token", isThere: true, cancellation).ConfigureAwait(false) };
    }

    public async Task<OnboardingChoices> RemoteAsync(OnboardingStart start, OnboardingChoices choices, CancellationToken cancellation)
    {
        var remote = start.Snapshot.Root.Section("gateway").Section("remote");
        var url = choices.RemoteUrl ?? await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
        {
            Message = "WebSocket address of the gateway",
            InitialValue = remote.Text("url") ?? "",
            Placeholder = "wss://gateway.example:18789",
            Validate = static text => IsGatewayUrl(text) ? null : "expected ws://… or wss://…",
        }, cancellation).ConfigureAwait(false);
        var token = choices.RemoteToken ?? await SecretAsync("Token of that gateway", isThere: true, cancellation).ConfigureAwait(false);
        return choices with { RemoteUrl = url, RemoteToken = token };
    }

    /// <summary>Whether a text is the address of a gateway.</summary>
    public static bool IsGatewayUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" && url.Host.Length > 0;

    private async Task<int> PortAsync(int usual, CancellationToken cancellation)
    {
        var text = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
        {
            Message = "Port",
            InitialValue = usual.ToString(CultureInfo.InvariantCulture),
            Validate = static typed => TryPort(typed, out _) ? null : "expected a number from 1 to 65535",
        }, cancellation).ConfigureAwait(false);
        return TryPort(text, out var port) ? port : usual;
    }

    /// <summary>Whether a text is a port.</summary>
    public static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && GatewayEnvironment.IsPort(port);

    /// <summary>Null to keep the one that is there, or to have one made.</summary>
    private async Task<string?> SecretAsync(string what, bool isThere, CancellationToken cancellation)
    {
        var typed = await conversation.TextAsync(new WizardStep(WizardStepKind.Text)
        {
            Message = isThere ? what + " (empty: keep what is there, or make one)" : what,
            Sensitive = true,
            Validate = text => (isThere && text.Length == 0) || OnboardingChecks.IsSecret(text) ? null : "expected letters, digits and signs without blanks",
        }, cancellation).ConfigureAwait(false);
        return typed.Length == 0 ? null : typed;
    }

    private static string Word(GatewayBind bind) => bind.ToString().ToLowerInvariant();

    private static string ModeOf(OnboardingStart start) =>
        start.Snapshot.Root.Section("gateway").Section("auth").Text("mode") ?? (start.Snapshot.Gateway.Auth is { Token: null, Password: not null } ? "password" : "token");
}
