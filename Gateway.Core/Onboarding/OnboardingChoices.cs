namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>What somebody decided about an instance; null where nothing is to change.</summary>
public sealed record OnboardingChoices
{
    /// <summary>True for a gateway elsewhere, false for one here; null when that is not touched.</summary>
    public bool? Remote { get; init; }

    /// <summary>WebSocket address of a gateway elsewhere.</summary>
    public string? RemoteUrl { get; init; }

    /// <summary>Secret for it.</summary>
    public string? RemoteToken { get; init; }

    /// <summary>Directory of the agent's files, absolute.</summary>
    public string? Workspace { get; init; }

    /// <summary>Key for a provider of models.</summary>
    public ChosenKey? Key { get; init; }

    /// <summary>Model to use first, as <c>provider/model</c>.</summary>
    public string? Model { get; init; }

    /// <summary><c>gateway.port</c>, 1 to 65535.</summary>
    public int? Port { get; init; }

    /// <summary><c>gateway.bind</c>: loopback, lan, tailnet, auto or custom.</summary>
    public string? Bind { get; init; }

    /// <summary><c>gateway.auth.mode</c>: token or password.</summary>
    public string? AuthMode { get; init; }

    /// <summary>A token to use instead of the one that is there.</summary>
    public string? Token { get; init; }

    /// <summary>A password to use instead of the one that is there.</summary>
    public string? Password { get; init; }

    /// <summary><c>gateway.tailscale.mode</c>: off, serve or funnel.</summary>
    public string? Tailscale { get; init; }

    /// <summary><c>gateway.tailscale.resetOnExit</c>.</summary>
    public bool? TailscaleResetOnExit { get; init; }

    /// <summary>Token of a Telegram bot.</summary>
    public string? TelegramToken { get; init; }

    /// <summary><c>skills.install.nodeManager</c>: npm, pnpm or bun.</summary>
    public string? NodeManager { get; init; }

    /// <summary>Refuse what reaches into a phone (camera, calendar, contacts …) until somebody allows it.</summary>
    public bool DenyPhoneCommands { get; init; }

    /// <summary>The gateway is to run as a service; null when nobody decided.</summary>
    public bool? InstallService { get; init; }

    /// <summary>Which command this came from, noted as <c>wizard.lastRunCommand</c>.</summary>
    public string Command { get; init; } = "onboard";

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"OnboardingChoices {{ Remote = {Remote}, Workspace = {Workspace} }}";
}

/// <summary>A key for a provider, and how it is kept.</summary>
/// <param name="Provider">The provider's id, e.g. <c>anthropic</c>.</param>
/// <param name="Key">The secret.</param>
public sealed record ChosenKey(string Provider, string Key)
{
    /// <summary>Id in the file of keys; <c>&lt;provider&gt;:default</c> unless somebody names another.</summary>
    public string ProfileId { get; init; } = Provider + ":default";

    /// <summary>A bearer token that may end, and not an API key.</summary>
    public bool IsToken { get; init; }

    /// <summary>When a token ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"ChosenKey {{ Provider = {Provider} }}";
}
