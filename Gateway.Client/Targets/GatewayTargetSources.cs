namespace OpenClaw.Gateway.Client.Targets;

/// <summary>Everything that decides which gateway a command talks to: its options, the config's values, the environment.</summary>
public sealed record GatewayTargetSources
{
    /// <summary>Absolute path of the config file, shown to the user.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary><c>--url</c>.</summary>
    public string? UrlOption { get; init; }

    /// <summary><c>--token</c>.</summary>
    public string? TokenOption { get; init; }

    /// <summary><c>--password</c>.</summary>
    public string? PasswordOption { get; init; }

    /// <summary><c>gateway.mode</c>.</summary>
    public string? Mode { get; init; }

    /// <summary><c>gateway.port</c>.</summary>
    public int? Port { get; init; }

    /// <summary><c>gateway.bind</c>.</summary>
    public string? Bind { get; init; }

    /// <summary><c>gateway.auth.token</c>.</summary>
    public string? AuthToken { get; init; }

    /// <summary><c>gateway.auth.password</c>.</summary>
    public string? AuthPassword { get; init; }

    /// <summary><c>gateway.tls.enabled</c>.</summary>
    public bool TlsEnabled { get; init; }

    /// <summary>
    /// Path of this machine's gateway certificate (<c>gateway.tls.certPath</c>, or its default in the state directory). A local gateway
    /// signs its certificate itself, so the client pins it. Read only when needed.
    /// </summary>
    public string? TlsCertificatePath { get; init; }

    /// <summary><c>gateway.remote.url</c>.</summary>
    public string? RemoteUrl { get; init; }

    /// <summary><c>gateway.remote.token</c>.</summary>
    public string? RemoteToken { get; init; }

    /// <summary><c>gateway.remote.password</c>.</summary>
    public string? RemotePassword { get; init; }

    /// <summary><c>gateway.remote.tlsFingerprint</c>.</summary>
    public string? RemoteTlsFingerprint { get; init; }

    /// <summary>Addresses of this machine; asked only when <c>gateway.bind</c> is <c>lan</c> or <c>tailnet</c>.</summary>
    public Func<LocalAddresses> Addresses { get; init; } = LocalAddresses.Read;

    /// <summary>Never the secrets.</summary>
    public override string ToString() => ConfigPath;
}
