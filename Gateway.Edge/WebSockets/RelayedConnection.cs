using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Edge.WebSockets;

#pragma warning disable CA1001 // The stream belongs to the server.
/// <summary>A WebSocket on its way through the edge, from the request until it is closed.</summary>
internal sealed class RelayedConnection(HttpContext context, IHttpUpgradeFeature inner) : IHttpUpgradeFeature
#pragma warning restore CA1001
{
    public const string RestartReason = "service restart";

    private readonly IHttpRequestLifetimeFeature _lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
    private volatile RelayStream? _stream;

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The client's side, once the service behind has accepted the WebSocket.</summary>
    public RelayStream? Stream => _stream;

    /// <summary>Whether another instance can be asked when the chosen one does not answer.</summary>
    public bool HasOtherServices { get; set; }

    /// <summary>Ends the wait for the answer of the instance that is being asked.</summary>
    public CancellationTokenSource? AnswerDeadline { get; set; }

    /// <summary>Called by the forwarder when the service has answered with 101.</summary>
    public async Task<Stream> UpgradeAsync()
    {
        AnswerDeadline?.CancelAfter(Timeout.InfiniteTimeSpan);
        return _stream = new RelayStream(await inner.UpgradeAsync().ConfigureAwait(false));
    }

    /// <summary>Tells the client to come back; the service hears of it by the client's answer. When time is up the connection is cut.</summary>
    public async Task CloseAsync(Task ended, CancellationToken deadline)
    {
        try
        {
            if (_stream is { } stream)
            {
                await stream.CloseAsync(CloseCodes.ServiceRestart, RestartReason, deadline).ConfigureAwait(false);
                await ended.WaitAsync(deadline).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Too slow, gone, or just now ended by itself: cut below.
        }
        // Not HttpContext.Abort: the request may end at this moment, and its context does not outlive it.
        _lifetime.Abort();
    }
}
