using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Connections;

/// <summary>From configuration, variables and flags to the gateway that a command talks to.</summary>
/// <param name="Snapshot">The configuration, which may be invalid.</param>
/// <param name="Address">Where the gateway is; known even where it cannot be used.</param>
/// <param name="Options">How to connect; null with <paramref name="Problem"/>.</param>
/// <param name="Problem">Why there is no way, for the user.</param>
internal sealed record GatewayRoute(ConfigSnapshot Snapshot, GatewayAddress Address, GatewayConnectionOptions? Options, string? Problem)
{
    /// <summary>The gateway that these flags and the configuration mean.</summary>
    public static GatewayRoute Of(ConfigSnapshot snapshot, GatewayEnvironment environment, ClientArguments arguments) =>
        Of(snapshot, environment, Sources(snapshot, environment, arguments));

    /// <summary>The gateway that <paramref name="sources"/> mean.</summary>
    public static GatewayRoute Of(ConfigSnapshot snapshot, GatewayEnvironment environment, GatewayTargetSources sources)
    {
        var result = GatewayTarget.Resolve(sources);
        var options = result.Target is { } target ? GatewayConnectionOptions.To(target, environment.StateDirectory) : null;
        return new GatewayRoute(snapshot, GatewayAddress.Of(sources), options, result.Problem);
    }

    /// <summary>Everything that decides which gateway is meant.</summary>
    public static GatewayTargetSources Sources(ConfigSnapshot snapshot, GatewayEnvironment environment, ClientArguments arguments)
    {
        // A file with a mistake somewhere still says which port and token this machine's gateway was started with.
        var config = snapshot.Valid ? snapshot.Config : snapshot.Parsed as JsonObject ?? [];
        var gateway = new ConfigSection(config).Section("gateway");
        var auth = gateway.Section("auth");
        var tls = gateway.Section("tls");
        var remote = gateway.Section("remote");
        return new GatewayTargetSources
        {
            ConfigPath = snapshot.Path,
            Environment = snapshot.Environment,
            UrlOption = arguments.Url,
            TokenOption = arguments.Token,
            PasswordOption = arguments.Password,
            Mode = gateway.String("mode"),
            Port = gateway.Int("port"),
            Bind = gateway.String("bind"),
            AuthToken = auth.String("token"),
            AuthPassword = auth.String("password"),
            TlsEnabled = tls.Bool("enabled") == true,
            TlsCertificatePath = tls.Text("certPath") ?? Path.Combine(environment.StateDirectory, "gateway", "tls", "gateway-cert.pem"),
            RemoteUrl = remote.String("url"),
            RemoteToken = remote.String("token"),
            RemotePassword = remote.String("password"),
            RemoteTlsFingerprint = remote.String("tlsFingerprint"),
        };
    }
}
