using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Cli.Connections;

/// <summary>Tries to reach a gateway without any of it being an error of the command.</summary>
internal static class GatewayProber
{
    /// <summary>
    /// Connects as a probe and calls methods without params, all within <paramref name="budget"/>; that one of <paramref name="extras"/> is refused is no
    /// error, as other gateways do not have them.
    /// </summary>
    public static async Task<GatewayProbeResult> ProbeAsync(
        CommandContext context, GatewayRoute route, TimeSpan budget, IReadOnlyList<string> methods, CancellationToken cancellation, IReadOnlyList<string>? extras = null)
    {
        var answers = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (route.Options is not { } options)
            return new GatewayProbeResult(false, default, FirstLine(route.Problem!), route.Problem, null, answers);
        var started = context.Time.GetTimestamp();
        TimeSpan? latency = null;
        string? refusal = null;
        try
        {
            options = options with
            {
                Client = options.Client with { Mode = "probe" },
                Scopes = [OperatorScopes.Admin],
                KeepEvents = false,
                ConnectTimeout = budget,
                Time = context.Time,
            };
            var connection = await GatewayConnection.OpenAsync(options, cancellation).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            latency = context.Time.GetElapsedTime(started);
            foreach (var method in methods.Concat(extras ?? []))
            {
                var left = budget - context.Time.GetElapsedTime(started);
                var wait = new GatewayRequestOptions { Timeout = left > TimeSpan.Zero ? left : TimeSpan.Zero };
                var response = await connection.RequestAsync(method, default, wait, cancellation).ConfigureAwait(false);
                if (response.Error is null)
                    answers[method] = response.Payload;
                else if (methods.Contains(method))
                    refusal ??= response.Error.Message;
            }
            return new GatewayProbeResult(true, latency.Value, refusal, refusal, null, answers);
        }
        catch (GatewayException error)
        {
            return new GatewayProbeResult(latency is not null, latency ?? default, Describe(error), error.Message, (error as GatewayClosedException)?.Close, answers) { NeverAsked = error is GatewayStateException };
        }
    }

    private static string Describe(GatewayException error) => error switch
    {
        GatewayConnectRefusedException refused => "connect failed: " + refused.Error.Message,
        GatewayClosedException { Close.NetworkError: { } network } => "connect failed: " + network,
        GatewayTimeoutException => "timeout",
        _ => error.Summary,
    };

    private static string FirstLine(string text) => text.Split('\n')[0];
}
