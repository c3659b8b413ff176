using System.Buffers.Text;
using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.Devices;

namespace OpenClaw.Cli.Commands.Qr;

/// <summary><c>openclaw qr</c>: a setup code by which one phone pairs with this machine's gateway without being approved.</summary>
internal static class QrCommand
{
    private const int MinutesGood = 10;

    public static Command Create(CommandContext context)
    {
        var url = new Option<string?>("--url") { Description = "Address of the gateway as the phone reaches it (ws:// or wss://).", HelpName = "url" };
        var only = new Option<bool>("--setup-code-only") { Description = "Print nothing but the code." };
        var noAscii = new Option<bool>("--no-ascii") { Description = "Accepted for scripts; the code is printed as text always." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("qr", "Make a setup code for a phone.") { url, only, noAscii, json };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(url), result.GetValue(only), result.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? given, bool only, bool json, CancellationToken cancellation)
    {
        var route = await GatewayCaller.RouteAsync(context, new ClientArguments(), cancellation).ConfigureAwait(false);
        var (address, source) = given?.Trim() is { Length: > 0 } chosen ? (chosen, "--url") : AddressOf(route);
        if (address is null)
            return await context.FailAsync("Error: " + source).ConfigureAwait(false);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("ws" or "wss") || parsed.UserInfo.Length > 0)
            return await context.FailAsync($"Error: invalid gateway url: {address} (use ws:// or wss://)").ConfigureAwait(false);
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        using var devices = new HostDevices(context.Environment.StateDirectory, context.Time, log.Loggers);
        string token;
        try
        {
            token = await devices.IssueBootstrapTokenAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await context.FailAsync("Error: " + e.Message).ConfigureAwait(false);
        }
        var code = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject { ["url"] = address, ["bootstrapToken"] = token }.ToJsonString()));
        await context.Out.WriteLineAsync(
            json ? new JsonObject { ["setupCode"] = code, ["gatewayUrl"] = address, ["auth"] = "bootstrap-token", ["urlSource"] = source }.ToJsonString()
            : only ? code
            : TerminalText.Harmless($"Setup code: {code}\nGateway: {address} ({source})\nGood for one device and {MinutesGood} minutes. Whoever has it can talk to the agent and approve commands.")).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Where a phone reaches the gateway; null with the reason why it does not.</summary>
    private static (string? Address, string Source) AddressOf(GatewayRoute route)
    {
        if (route.Address.Origin is GatewayAddressOrigin.Remote)
            return (route.Address.Url, "gateway.remote.url");
        var gateway = route.Snapshot.Gateway;
        var machine = LocalAddresses.Read();
        var host = gateway.Bind switch
        {
            GatewayBind.Lan => machine.Lan,
            GatewayBind.Tailnet => machine.Tailnet,
            GatewayBind.Custom => gateway.CustomBindHost,
            _ => null,
        };
        if (host is null)
            return (null, "no phone reaches this gateway: it listens on this machine alone. Set gateway.bind to lan or tailnet, or name the address with --url.");
        var url = new Uri(route.Address.Url);
        return ($"{url.Scheme}://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{url.Port}", "gateway.bind=" + gateway.Bind.ToString().ToLowerInvariant());
    }
}
