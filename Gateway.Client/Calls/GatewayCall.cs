using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;

namespace OpenClaw.Gateway.Client.Calls;

/// <summary>One question to a gateway: connect, ask, disconnect. What most commands do.</summary>
public static class GatewayCall
{
    /// <summary>How long a call takes at most when the user does not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes the call.</summary>
    /// <param name="options">The gateway. Its connect timeout is not used.</param>
    /// <param name="method">Method name.</param>
    /// <param name="paramsJson">JSON text of the params; empty for none.</param>
    /// <param name="timeout">For everything, from the first packet to the answer.</param>
    /// <param name="expectFinal">Whether an answer with <c>status:"accepted"</c> is only the first of two.</param>
    /// <param name="cancellationToken">Stops waiting. The gateway goes on with what was asked.</param>
    /// <exception cref="GatewayException">No answer; see <see cref="GatewayConnection.OpenAsync"/> for the kinds.</exception>
    public static async Task<GatewayCallResult> InvokeAsync(
        GatewayConnectionOptions options,
        string method,
        ReadOnlyMemory<byte> paramsJson,
        TimeSpan timeout,
        bool expectFinal = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var deadline = new CancellationTokenSource(timeout, options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var quiet = options with { KeepEvents = false, ConnectTimeout = Timeout.InfiniteTimeSpan };
            var connection = await GatewayConnection.OpenAsync(quiet, stop.Token).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            var wait = new GatewayRequestOptions { Timeout = Timeout.InfiniteTimeSpan, ExpectFinal = expectFinal };
            var response = await connection.RequestAsync(method, paramsJson, wait, stop.Token).ConfigureAwait(false);
            return new GatewayCallResult(response, connection.Warnings);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayTimeoutException(timeout, options.Details);
        }
    }
}

/// <summary>Outcome of a call.</summary>
/// <param name="Response">The gateway's answer, which may be a refusal.</param>
/// <param name="Warnings">What the user should know besides, see <see cref="GatewayConnection.Warnings"/>.</param>
public sealed record GatewayCallResult(GatewayResponse Response, IReadOnlyList<string> Warnings);
