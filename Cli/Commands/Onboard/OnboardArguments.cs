namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>What a user typed after <c>onboard</c>, unchecked.</summary>
internal sealed record OnboardArguments
{
    public bool NonInteractive { get; init; }
    public bool AcceptRisk { get; init; }
    public bool Json { get; init; }
    public bool Reset { get; init; }
    public string? Flow { get; init; }
    public string? Mode { get; init; }
    public string? Workspace { get; init; }
    public string? RemoteUrl { get; init; }
    public string? RemoteToken { get; init; }
    public string? AuthChoice { get; init; }

    /// <summary>Keys by the id of their provider.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    public string? Token { get; init; }
    public string? TokenProvider { get; init; }
    public string? TokenProfileId { get; init; }
    public string? TokenExpiresIn { get; init; }
    public string? GatewayPort { get; init; }
    public string? GatewayBind { get; init; }
    public string? GatewayAuth { get; init; }
    public string? GatewayToken { get; init; }
    public string? GatewayPassword { get; init; }
    public string? Tailscale { get; init; }
    public bool TailscaleResetOnExit { get; init; }
    public bool? InstallDaemon { get; init; }
    public string? DaemonRuntime { get; init; }
    public bool SkipChannels { get; init; }
    public bool SkipSkills { get; init; }
    public bool SkipHealth { get; init; }
    public bool SkipUi { get; init; }
    public string? NodeManager { get; init; }
    public string? TelegramBotToken { get; init; }

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"OnboardArguments {{ Mode = {Mode}, NonInteractive = {NonInteractive} }}";
}
