using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Onboarding;

namespace OpenClaw.Cli.Commands.Onboard;

/// <summary>Carries out on this machine what was decided, and tells about it.</summary>
internal sealed class OnboardApplication(CommandContext context)
{
    /// <summary>How long a gateway may take until it answers; the peer's.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Null when it failed, which was told.</summary>
    public async Task<OnboardingResult?> ApplyAsync(ConfigSnapshot before, OnboardingChoices choices, CancellationToken cancellation)
    {
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        var writer = new ConfigWriter(new ConfigLoader(context.Environment), context.Time, log.Loggers);
        var result = await new Onboarder(context.Environment, writer.WriteAsync, context.Time).ApplyAsync(before, choices, cancellation).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            await context.FailAsync("Error: " + error).ConfigureAwait(false);
            return null;
        }
        await context.Out.WriteLineAsync($"{(before.Exists ? "Updated" : "Wrote")} {Show(result.Snapshot!.Path)}").ConfigureAwait(false);
        if (result.Workspace is { } workspace)
            await context.Out.WriteLineAsync($"Workspace OK: {Show(workspace)}").ConfigureAwait(false);
        if (result.Sessions is { } sessions)
            await context.Out.WriteLineAsync($"Sessions OK: {Show(sessions)}").ConfigureAwait(false);
        return result;
    }

    /// <summary>Installs the service by the command that does that, over one that was installed before: its port may be another one now. What went wrong, or null.</summary>
    public async Task<string?> InstallServiceAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var code = await CommandLine.RunAsync(context, ["gateway", "install", "--force"]).ConfigureAwait(false);
        return code == 0 ? null : $"The configuration is written, but the service was not installed. Run the gateway with: {context.Environment.CommandName} gateway";
    }

    /// <summary>Waits until the gateway answers. Why it does not, or null.</summary>
    public async Task<GatewayFailure?> WaitForGatewayAsync(ConfigSnapshot snapshot, bool isService, CancellationToken cancellation)
    {
        var route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var probe = await GatewayProber.ProbeAsync(context, route, ProbeBudget, [], cancellation).ConfigureAwait(false);
            if (probe.Ok)
                return null;
            if (context.Time.GetElapsedTime(started) >= Patience)
                return new GatewayFailure(probe.Details ?? probe.Error ?? "the gateway does not answer", Hint: isService
                    ? $"The configuration is written and the service installed. What it does: {context.Environment.CommandName} gateway status"
                    : $"The configuration is written. To start it: {context.Environment.CommandName} gateway");
            await Task.Delay(Pause, context.Time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Tells where the page is, and what is to be done.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="isRunning">The gateway answers, or its service was started.</param>
    /// <param name="withToken">Somebody sits there; logs of scripts are read by others too.</param>
    public async Task TellNextAsync(ConfigSnapshot snapshot, bool isRunning, bool withToken)
    {
        var name = context.Environment.CommandName;
        await context.Out.WriteLineAsync().ConfigureAwait(false);
        if (!isRunning)
            await context.Out.WriteLineAsync($"Start the gateway:  {name} gateway").ConfigureAwait(false);
        var route = GatewayRoute.Of(snapshot, context.Environment, new ClientArguments());
        if (DashboardAddress.UrlOf(snapshot, route.Address) is { } page)
        {
            var token = withToken && snapshot.Gateway.Auth.Token is { } secret ? "#token=" + Uri.EscapeDataString(secret) : "";
            await context.Out.WriteLineAsync($"Control UI:         {page}{token}").ConfigureAwait(false);
        }
        await context.Out.WriteLineAsync($"Talk to the agent:  {name} agent --message \"hello\"").ConfigureAwait(false);
    }

    private string Show(string path) => context.Environment.Display(path);
}
