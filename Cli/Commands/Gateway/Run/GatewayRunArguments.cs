namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>Values of the flags of <c>openclaw gateway</c>, as typed.</summary>
internal sealed record GatewayRunArguments
{
    public string? Port { get; init; }

    public string? Bind { get; init; }

    public string? Token { get; init; }

    public string? Auth { get; init; }

    public string? Password { get; init; }

    public bool AllowUnconfigured { get; init; }

    public bool Force { get; init; }

    public bool Verbose { get; init; }

    public bool NoSafeMode { get; init; }

    public string? Tailscale { get; init; }

    public string? WsLog { get; init; }

    /// <summary>Flags of the original that do nothing here; the user is told.</summary>
    public IReadOnlyList<string> WithoutEffect { get; init; } = [];

    /// <summary>These values, and <paramref name="outer"/>'s where these are absent.</summary>
    public GatewayRunArguments Over(GatewayRunArguments outer) => new()
    {
        Port = Port ?? outer.Port,
        Bind = Bind ?? outer.Bind,
        Token = Token ?? outer.Token,
        Auth = Auth ?? outer.Auth,
        Password = Password ?? outer.Password,
        AllowUnconfigured = AllowUnconfigured || outer.AllowUnconfigured,
        Force = Force || outer.Force,
        Verbose = Verbose || outer.Verbose,
        NoSafeMode = NoSafeMode || outer.NoSafeMode,
        Tailscale = Tailscale ?? outer.Tailscale,
        WsLog = WsLog ?? outer.WsLog,
        WithoutEffect = [.. WithoutEffect, .. outer.WithoutEffect],
    };

    /// <summary>Never shows the secrets.</summary>
    public override string ToString() => $"GatewayRunArguments {{ Port = {Port}, Bind = {Bind} }}";
}
