using System.Text.Json;
using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Updates;

/// <summary>The gateway that a service manager runs: restarted by the command that does that, and then asked.</summary>
internal sealed class ServiceGateway(CommandContext context, ConfigSnapshot snapshot) : IUpdatedGateway
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task<string?> RestartAsync()
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(context.WithOutput(output), ["gateway", "restart", "--json"]).ConfigureAwait(false);
        return code == 0 ? null : "openclaw gateway restart failed";
    }

    public async Task<string?> ProblemOfAsync(string version)
    {
        var route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var probe = await GatewayProber.ProbeAsync(context, route, ProbeBudget, ["system-presence"], CancellationToken.None).ConfigureAwait(false);
            var running = probe.Self()?.Text("version");
            if (probe.Ok && running == version)
                return null;
            if (context.Time.GetElapsedTime(started) >= Patience)
                return probe.Ok ? $"it answers as version {running ?? "unknown"}" : probe.Error ?? "it does not answer";
            await Task.Delay(Pause, context.Time).ConfigureAwait(false);
        }
    }

    /// <summary>The gateway of this instance; null when no service runs it, so that whoever started it has to start it anew.</summary>
    public static async Task<ServiceGateway?> FindAsync(CommandContext context, ConfigSnapshot snapshot)
    {
        using var output = new StringWriter();
        using var silence = new StringWriter();
        var quiet = new CommandContext(context.Environment, output, silence, context.Console, context.Time) { ServiceHost = context.ServiceHost };
        if (await CommandLine.RunAsync(quiet, ["gateway", "status", "--json", "--no-probe"]).ConfigureAwait(false) != 0)
            return null;
        try
        {
            using var status = JsonDocument.Parse(output.ToString());
            return status.RootElement.TryGetProperty("service", out var service) && service.ValueKind is JsonValueKind.Object
                && service.TryGetProperty("loaded", out var loaded) && loaded.ValueKind is JsonValueKind.True
                ? new ServiceGateway(context, snapshot)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
