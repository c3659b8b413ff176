using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.NodeHost;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Cli.Commands.Node;

/// <summary>What the user typed after <c>node run</c>.</summary>
internal sealed record NodeRunArguments(string? Host, string? Port, bool Tls, string? TlsFingerprint, string? NodeId, string? DisplayName);

/// <summary>One <c>openclaw node run</c>.</summary>
internal static class NodeRun
{
    public static async Task<int> RunAsync(CommandContext context, NodeRunArguments arguments, CancellationToken cancellation)
    {
        NodeIdentity identity;
        try
        {
            var file = new NodeIdentityFile(context.Environment.StateDirectory);
            if (Merge(file.Load(), arguments) is not { } merged)
                return await context.FailAsync("Error: --port takes a number from 1 to 65535").ConfigureAwait(false);
            identity = merged;
            file.Save(identity);
        }
        catch (GatewayStateException error)
        {
            return await context.FailAsync("Error: " + error.Message).ConfigureAwait(false);
        }
        if (UrlOf(identity) is not { } url)
            return await context.FailAsync("Error: --host is no host name or address: " + identity.Host).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new GatewaySignals((signal, _) =>
        {
            if (signal is GatewaySignal.Stop)
                stop.Cancel();
        });
        using var policy = new HostCommandPolicy(context.Environment, context.Time, NullLoggerFactory.Instance);
        NodeHost.NodeHost? host = null;
        using var reports = new NodeReports((report, token) => host!.SendAsync("node.event", report, token));
        var run = new SystemRun(policy, new HostCommandRunner(context.Time), reports, async token => ConfigOf(await LoadAsync(context, token).ConfigureAwait(false)));
        host = new NodeHost.NodeHost(
            async token => OptionsFor(context, identity, url, await LoadAsync(context, token).ConfigureAwait(false)),
            line => context.Out.WriteLineAsync(TerminalText.Harmless(line)),
            context.Time);
        await context.Out.WriteLineAsync(TerminalText.Harmless($"node host {identity.DisplayName} ({identity.NodeId}) for {url}")).ConfigureAwait(false);
        await host.RunAsync(new NodeCommands(policy, run), reports, stop.Token).ConfigureAwait(false);
        return 0;
    }

    private static NodeIdentity? Merge(NodeIdentity before, NodeRunArguments arguments)
    {
        var port = before.Port ?? GatewayEnvironment.DefaultPort;
        if (arguments.Port is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > ushort.MaxValue))
            return null;
        var host = Given(arguments.Host);
        var fingerprint = Given(arguments.TlsFingerprint);
        // What was said about the old place does not hold for a new one.
        var samePlace = host is null && arguments.Port is null;
        return new NodeIdentity(
            Given(arguments.NodeId) ?? before.NodeId,
            Given(arguments.DisplayName) ?? before.DisplayName ?? Environment.MachineName,
            host ?? before.Host ?? "127.0.0.1",
            port,
            arguments.Tls || fingerprint is not null || (samePlace && before.Tls),
            fingerprint ?? (samePlace ? before.TlsFingerprint : null));
    }

    private static Uri? UrlOf(NodeIdentity identity)
    {
        var host = identity.Host!.Contains(':', StringComparison.Ordinal) && identity.Host[0] != '[' ? $"[{identity.Host}]" : identity.Host;
        return Uri.TryCreate($"{(identity.Tls ? "wss" : "ws")}://{host}:{identity.Port}", UriKind.Absolute, out var url) && url.AbsolutePath == "/" && url.UserInfo.Length == 0 ? url : null;
    }

    private static GatewayConnectionOptions OptionsFor(CommandContext context, NodeIdentity identity, Uri url, ConfigSnapshot snapshot)
    {
        var gateway = ConfigOf(snapshot).Section("gateway");
        var secrets = gateway.Text("mode") == "remote" ? gateway.Section("remote") : gateway.Section("auth");
        return new GatewayConnectionOptions
        {
            Url = url,
            Token = snapshot.GetVariable("OPENCLAW_GATEWAY_TOKEN", "CLAWDBOT_GATEWAY_TOKEN") ?? secrets.Text("token"),
            Password = snapshot.GetVariable("OPENCLAW_GATEWAY_PASSWORD", "CLAWDBOT_GATEWAY_PASSWORD") ?? secrets.Text("password"),
            TlsFingerprint = identity.TlsFingerprint,
            StateDirectory = context.Environment.StateDirectory,
            Client = new GatewayClientInfo
            {
                Id = "node-host",
                Mode = "node",
                Version = ProductVersion.Number,
                DisplayName = identity.DisplayName,
                InstanceId = identity.NodeId,
            },
            Role = ConnectionRoles.Node,
            Scopes = [],
            Capabilities = ["system"],
            Commands = NodeCommands.Names,
            PathEnv = context.Environment.Variables.GetValueOrDefault("PATH"),
            Time = context.Time,
        };
    }

    /// <summary>Without a word about mistakes in the file: they were there when the node started, and nobody reads its output later.</summary>
    private static Task<ConfigSnapshot> LoadAsync(CommandContext context, CancellationToken cancellation) =>
        new ConfigLoader(context.Environment).LoadAsync(cancellation);

    private static ConfigSection ConfigOf(ConfigSnapshot snapshot) => new(snapshot.Valid ? snapshot.Config : snapshot.Parsed as JsonObject);

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
