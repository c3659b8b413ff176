using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Gateway.Run;

/// <summary>
/// Runs the gateway until it is told to stop: flags, configuration, reasons not to start, port, lock, and only then the server.
/// A start that is refused has touched nothing, so the port is taken from others last.
/// </summary>
internal sealed class GatewayRun(CommandContext context, GatewayRunArguments arguments)
{
    private readonly StartupProfile _profile = new(context.Environment);

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        _profile.Begin();
        try
        {
            return await CheckAndStartAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _profile.Discard();
        }
    }

    private async Task<int> CheckAndStartAsync(CancellationToken cancellation)
    {
        if (ReadFlags(out var flags) is { } wrong)
            return await RefuseAsync(wrong.Lines).ConfigureAwait(false);
        if (context.Environment.IsDevProfile
            && await DevInstance.EnsureAsync(context, arguments is not { Token: null, Password: null }, cancellation).ConfigureAwait(false) is { } problem)
        {
            return await RefuseAsync(["Gateway failed to start: " + problem]).ConfigureAwait(false);
        }
        var snapshot = await context.LoadAsync(cancellation).ConfigureAwait(false);
        if (!snapshot.Valid)
            return StartRefusal.ExitCode;
        if (StartGuard.Check(snapshot, flags, context.Environment) is { } refusal)
            return await RefuseAsync(refusal.Lines).ConfigureAwait(false);
        return await StartAsync(snapshot, flags, cancellation).ConfigureAwait(false);
    }

    private StartRefusal? ReadFlags(out GatewayStartFlags flags)
    {
        var wrong = GatewayStartFlags.TryParse(arguments.Port, arguments.Auth, arguments.Tailscale, arguments.Bind, out flags);
        flags = flags with
        {
            AllowUnconfigured = arguments.AllowUnconfigured,
            Auth = flags.Auth with { Token = arguments.Token, Password = arguments.Password },
        };
        return arguments.WsLog is null or "auto" or "full" or "compact" ? wrong : new StartRefusal("Invalid --ws-log (use \"auto\", \"full\", \"compact\")");
    }

    private async Task<int> StartAsync(ConfigSnapshot snapshot, GatewayStartFlags flags, CancellationToken cancellation)
    {
        var port = context.Environment.ResolvePort(flags.Port, snapshot.Gateway.Port);
        GatewayLogs logs;
        try
        {
            logs = new GatewayLogs(context, snapshot, arguments.Verbose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(["Gateway failed to start: there is no place for the log: " + e.Message]).ConfigureAwait(false);
        }
        using (logs)
        {
            var logger = logs.Factory.CreateLogger("gateway");
            if (arguments.Force)
            {
                var freed = await new PortReclaimer(context.Environment, context.Time).ReclaimAsync(port, cancellation).ConfigureAwait(false);
                foreach (var line in freed.Lines)
                    GatewayRunLog.Force(logger, line);
                if (freed.Error is { } failed)
                    return await RefuseAsync(["Force: Error: " + failed]).ConfigureAwait(false);
            }
            var taken = await GatewayLock.AcquireAsync(context.Environment, context.Time, cancellation).ConfigureAwait(false);
            if (taken.Lock is not { } held)
                return await FailAsync(taken.Error!, port, cancellation).ConfigureAwait(false);
            using (held)
            {
                _profile.Keep();
                var (safeMode, history) = await SafeModeStart.DecideAsync(context, arguments.NoSafeMode, logger).ConfigureAwait(false);
                var source = new GatewayConfiguration(context, arguments, flags, logs, snapshot, safeMode, history);
                try
                {
                    var loop = new GatewayRunLoop(source.NextAsync, context.Time, logger);
                    var result = await loop.RunAsync(cancellation).ConfigureAwait(false);
                    if (result.Failure is not null)
                        history?.End();
                    return result.Failure is { } failure ? await FailAsync(failure, source.Port, cancellation).ConfigureAwait(false) : result.ExitCode;
                }
                catch (StartRefusedException e)
                {
                    history?.End();
                    return await RefuseAsync(e.Refusal.Lines).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<int> FailAsync(string failure, int port, CancellationToken cancellation)
    {
        await RefuseAsync(["Gateway failed to start: " + failure]).ConfigureAwait(false);
        var listeners = await new PortReclaimer(context.Environment, context.Time).ListenersAsync(port, cancellation).ConfigureAwait(false);
        if (listeners.Count > 0)
        {
            await context.Error.WriteLineAsync($"Port {port} is already in use.").ConfigureAwait(false);
            foreach (var listener in listeners)
                await context.Error.WriteLineAsync("- " + listener).ConfigureAwait(false);
        }
        await context.Error.WriteLineAsync(
            $"Stop the other one first, or take its port over with: {context.Environment.CommandName} gateway --force. Several gateways need a profile or a state directory each.").ConfigureAwait(false);
        return StartRefusal.ExitCode;
    }

    /// <summary>Says why there is no gateway. The time in front is for those who find it in a journal.</summary>
    private async Task<int> RefuseAsync(IReadOnlyList<string> lines)
    {
        var time = context.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await context.Error.WriteLineAsync($"{time} {string.Join('\n', lines)}").ConfigureAwait(false);
        return StartRefusal.ExitCode;
    }
}
