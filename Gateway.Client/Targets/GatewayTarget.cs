namespace OpenClaw.Gateway.Client.Targets;

/// <summary>The gateway that a command talks to, and what it shows there.</summary>
public sealed record GatewayTarget
{
    /// <summary>Where it is.</summary>
    public required GatewayAddress Address { get; init; }

    /// <summary><see cref="GatewayAddress.Url"/>, parsed.</summary>
    public required Uri Url { get; init; }

    /// <summary>Shared token, if any.</summary>
    public string? Token { get; init; }

    /// <summary>Whether <see cref="Token"/> is the value of <c>--token</c>.</summary>
    public bool TokenIsExplicit { get; init; }

    /// <summary>Shared password, if any.</summary>
    public string? Password { get; init; }

    /// <summary>Fingerprint of the only certificate to accept, if one is known.</summary>
    public string? TlsFingerprint { get; init; }

    /// <summary>The lines that follow connection errors: target, source, config, bind.</summary>
    public string Details => Address.Details;

    /// <summary>
    /// Decides, by these precedences: address <c>--url</c>, <c>gateway.remote.url</c> in remote mode, this machine;
    /// token <c>--token</c>, then <c>gateway.remote.token</c> in remote mode, else the environment and <c>gateway.auth.token</c>;
    /// password <c>--password</c>, the environment, then the config. With <c>--url</c> only options count: secrets meant for
    /// one gateway are not offered to another.
    /// </summary>
    /// <returns>A target, or the problem that leaves none.</returns>
    public static GatewayTargetResult Resolve(GatewayTargetSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var address = GatewayAddress.Of(sources);
        var token = GatewayAddress.Text(sources.TokenOption);
        var password = GatewayAddress.Text(sources.PasswordOption);
        if (address.Origin is GatewayAddressOrigin.Option && token is null && password is null)
        {
            return new GatewayTargetResult(null,
                "gateway url override requires explicit credentials\n" +
                "Fix: pass --token or --password (or gatewayToken in tools).\n" +
                "Config: " + sources.ConfigPath);
        }
        if (address.Origin is GatewayAddressOrigin.LocalFallback)
        {
            return new GatewayTargetResult(null,
                "gateway remote mode misconfigured: gateway.remote.url missing\n" +
                "Config: " + sources.ConfigPath + "\n" +
                "Fix: name the gateway in gateway.remote.url, or use this machine's with gateway.mode=local.");
        }
        if (ParseUrl(address.Url) is not { } url)
            return new GatewayTargetResult(null, $"invalid gateway url: {address.Url} (use ws:// or wss://)\n{address.Details}");
        return new GatewayTargetResult(
            new GatewayTarget
            {
                Address = address,
                Url = url,
                Token = token ?? SharedToken(sources, address.Origin),
                TokenIsExplicit = token is not null,
                Password = password ?? SharedPassword(sources, address.Origin),
                TlsFingerprint = Pin(sources, address.Origin, url),
            },
            null);
    }

    /// <summary>The address: the secrets must not reach a log through the record's own text.</summary>
    public override string ToString() => Address.Url;

    private static Uri? ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return null;
        return url.Scheme switch
        {
            "ws" or "wss" => url,
            // What people copy from a browser.
            "http" => new UriBuilder(url) { Scheme = "ws", Port = url.Port }.Uri,
            "https" => new UriBuilder(url) { Scheme = "wss", Port = url.Port }.Uri,
            _ => null,
        };
    }

    private static string? SharedToken(GatewayTargetSources sources, GatewayAddressOrigin origin) => origin switch
    {
        GatewayAddressOrigin.Option => null,
        GatewayAddressOrigin.Remote => GatewayAddress.Text(sources.RemoteToken),
        _ => GatewayAddress.Variable(sources, "OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN") ?? GatewayAddress.Text(sources.AuthToken),
    };

    private static string? SharedPassword(GatewayTargetSources sources, GatewayAddressOrigin origin) =>
        origin is GatewayAddressOrigin.Option
            ? null
            : GatewayAddress.Variable(sources, "OPENCLAW_GATEWAY_PASSWORD", "CLAWDBOT_GATEWAY_PASSWORD")
                ?? GatewayAddress.Text(origin is GatewayAddressOrigin.Remote ? sources.RemotePassword : sources.AuthPassword);

    private static string? Pin(GatewayTargetSources sources, GatewayAddressOrigin origin, Uri url) => origin switch
    {
        GatewayAddressOrigin.Option => null,
        GatewayAddressOrigin.Remote => GatewayAddress.Text(sources.RemoteTlsFingerprint),
        _ => url.Scheme == Uri.UriSchemeWss && sources.TlsCertificatePath is { } path ? Targets.TlsFingerprint.OfPemFile(path) : null,
    };
}

/// <summary>Either a target or a problem.</summary>
/// <param name="Target">The target; null when there is a problem.</param>
/// <param name="Problem">Lines for the user that say what to change; null when there is a target.</param>
public sealed record GatewayTargetResult(GatewayTarget? Target, string? Problem);
