using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.ServiceDefaults;

namespace OpenClaw.Cli.Hosting;

/// <summary>How a gateway process ended.</summary>
/// <param name="ExitCode">Exit code of the process.</param>
/// <param name="Failure">What went wrong, for the user; null when nothing did.</param>
internal sealed record GatewayRunResult(int ExitCode, string? Failure = null);

/// <summary>Runs gateways one after the other in this process: a restart builds everything anew, with the same process id.</summary>
internal sealed partial class GatewayRunLoop(Func<CancellationToken, Task<GatewayHostOptions>> configure, TimeProvider time, ILogger logger)
{
    /// <summary>How often a restart tries to get its port back.</summary>
    private const int MaxRebinds = 20;

    private static readonly TimeSpan RebindDelay = TimeSpan.FromMilliseconds(250);

    private readonly Channel<(GatewaySignal Signal, string Name)> _signals = Channel.CreateUnbounded<(GatewaySignal, string)>();

    public async Task<GatewayRunResult> RunAsync(CancellationToken cancellationToken)
    {
        using var signals = new GatewaySignals((signal, name) => _signals.Writer.TryWrite((signal, name)));
        var rebinds = 0;
        while (true)
        {
            var options = await configure(cancellationToken).ConfigureAwait(false);
            await using var app = GatewayHost.Build(options);
            if (await StartAsync(app, options, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                // What had begun is stopped in order; a host that is only disposed reports each of its services as failed.
                await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
                // A port that was ours a moment ago may be taken for a moment, by a program that looks for a free one.
                if (rebinds-- <= 0)
                    return new GatewayRunResult(1, failure);
                await Task.Delay(RebindDelay, time, cancellationToken).ConfigureAwait(false);
                continue;
            }
            rebinds = MaxRebinds;
            var asked = await WaitForEndAsync(app, options, cancellationToken).ConfigureAwait(false);
            if (asked is { } kind)
                options.Stopping(kind);
            else
                LogFailed(logger);
            await StopAsync(app, asked ?? StopKind.Stop).ConfigureAwait(false);
            if (asked is not StopKind.Restart)
                return new GatewayRunResult(asked is null ? 1 : 0);
        }
    }

    /// <summary>Whether a start that failed with this is told to the user in one line.</summary>
    public static bool IsTold(Exception exception) => exception is IOException or SocketException or UnauthorizedAccessException;

    private async Task<string?> StartAsync(WebApplication app, GatewayHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return $"another gateway instance is already listening on {options.Scheme}://{options.Addresses[0]}:{options.Port}";
        }
        catch (Exception e) when (IsTold(e))
        {
            return $"failed to bind gateway socket on {options.Scheme}://{options.Addresses[0]}:{options.Port}: {e.Message}";
        }
        foreach (var address in options.Addresses)
        {
            var host = address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
            LogListening(logger, options.Scheme, host, options.Port, Environment.ProcessId);
        }
        return null;
    }

    /// <summary>Waits for the end, and returns what was asked for; null when a part of the gateway failed.</summary>
    private async Task<StopKind?> WaitForEndAsync(WebApplication app, GatewayHostOptions options, CancellationToken cancellationToken)
    {
        var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellationToken);
        try
        {
            await foreach (var (signal, name) in _signals.Reader.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                LogSignal(logger, name);
                if (signal is GatewaySignal.Stop)
                    return StopKind.Stop;
                if (options.MayRestart())
                    return StopKind.Restart;
                LogRestartRefused(logger);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped from inside: by a method, or because a service failed.
        }
        return app.Services.GetRequiredService<GatewayLifetime>().Stopping ?? (cancellationToken.IsCancellationRequested ? StopKind.Stop : null);
    }

    private async Task StopAsync(WebApplication app, StopKind kind)
    {
        using var budget = new CancellationTokenSource(DrainBudget.Total, time);
        try
        {
            await app.Services.GetRequiredService<GatewayLifetime>().StopAsync(kind).WaitAsync(budget.Token).ConfigureAwait(false);
            // First, and with less than all of the time: one half-sent request must not use up what the other services need.
            using var requests = new CancellationTokenSource(DrainBudget.Requests, time);
            await app.Services.GetRequiredService<IServer>().StopAsync(requests.Token).ConfigureAwait(false);
            await app.StopAsync(budget.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (budget.IsCancellationRequested && IsCancellation(e))
        {
            LogTimedOut(logger, DrainBudget.Total.TotalSeconds);
        }
    }

    /// <summary>The host gathers what its services threw.</summary>
    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException several && several.InnerExceptions.All(IsCancellation));

    [LoggerMessage(6001, LogLevel.Information, "listening on {Scheme}://{Host}:{Port} (PID {ProcessId})")]
    private static partial void LogListening(ILogger logger, string scheme, string host, int port, int processId);

    [LoggerMessage(6002, LogLevel.Information, "signal {Signal} received")]
    private static partial void LogSignal(ILogger logger, string signal);

    [LoggerMessage(6003, LogLevel.Warning, "SIGUSR1 restart ignored (not authorized; enable commands.restart or use gateway tool).")]
    private static partial void LogRestartRefused(ILogger logger);

    [LoggerMessage(6005, LogLevel.Error, "the gateway ends because a part of it failed, as was logged before")]
    private static partial void LogFailed(ILogger logger);

    [LoggerMessage(6004, LogLevel.Error, "shutdown timed out after {Seconds} s; exiting without full cleanup")]
    private static partial void LogTimedOut(ILogger logger, double seconds);
}
