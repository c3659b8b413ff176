using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Reconnecting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Client;

/// <summary>
/// A gateway as a long-lived program sees it: connected most of the time, and again after every interruption.
/// <see cref="RunAsync"/> does the work while it is enumerated; requests may be made meanwhile, from any thread.
/// </summary>
public sealed class GatewayClient
{
    private readonly GatewayConnectionOptions _options;
    private readonly Backoff _backoff;
    private GatewayConnection? _connection;
    private int _running;

    /// <summary>A client for the gateway of <paramref name="options"/>. Connects when <see cref="RunAsync"/> is enumerated.</summary>
    public GatewayClient(GatewayConnectionOptions options)
        : this(options, Backoff.Jitter)
    {
    }

    internal GatewayClient(GatewayConnectionOptions options, Func<double> jitter)
    {
        _options = options with { KeepEvents = true };
        _backoff = new Backoff(jitter);
    }

    /// <summary>
    /// Stays connected and tells what happens: <see cref="GatewayConnected"/>, events and gaps, <see cref="GatewayDisconnected"/>, and so on.
    /// Ends after a disconnection whose <see cref="GatewayDisconnected.RetryIn"/> is null: trying again is pointless until somebody changes something.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">It is being enumerated already.</exception>
    public async IAsyncEnumerable<GatewayNotice> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("The client runs already.");
        try
        {
            TimeSpan? retryIn = TimeSpan.Zero;
            while (retryIn is { } delay)
            {
                if (delay > TimeSpan.Zero)
                    await Task.Delay(delay, _options.Time, cancellationToken).ConfigureAwait(false);
                var (connection, end) = await TryConnectAsync(cancellationToken).ConfigureAwait(false);
                if (connection is not null)
                {
                    await foreach (var notice in UseAsync(connection, cancellationToken).ConfigureAwait(false))
                        yield return notice;
                    end = Describe(new GatewayClosedException(await connection.Closed.ConfigureAwait(false)));
                }
                yield return end!;
                retryIn = end!.RetryIn;
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Makes a request on the present connection, see <see cref="GatewayConnection.RequestAsync"/>.</summary>
    /// <exception cref="GatewayNotConnectedException">There is no connection at the moment.</exception>
    public Task<GatewayResponse> RequestAsync(
        string method, ReadOnlyMemory<byte> paramsJson, GatewayRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _connection) is { } connection
            ? connection.RequestAsync(method, paramsJson, options, cancellationToken)
            : throw new GatewayNotConnectedException(_options.Details);

    private async Task<(GatewayConnection? Connection, GatewayDisconnected? Failure)> TryConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await GatewayConnection.OpenAsync(_options, cancellationToken).ConfigureAwait(false);
            _backoff.Reset();
            return (connection, null);
        }
        catch (GatewayException error)
        {
            return (null, Describe(error));
        }
    }

    private async IAsyncEnumerable<GatewayNotice> UseAsync(
        GatewayConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var closing = connection.ConfigureAwait(false);
        Volatile.Write(ref _connection, connection);
        try
        {
            yield return new GatewayConnected(connection.Hello) { Warnings = connection.Warnings };
            await foreach (var notice in connection.ReadNoticesAsync(cancellationToken).ConfigureAwait(false))
            {
                if (notice is GatewayEvent { Name: EventNames.Shutdown } shutdown)
                    Heed(shutdown.Payload.Span);
                yield return notice;
            }
        }
        finally
        {
            Volatile.Write(ref _connection, null);
        }
    }

    private void Heed(ReadOnlySpan<byte> shutdown)
    {
        try
        {
            if (JsonSerializer.Deserialize(shutdown, ProtocolJson.Context.ShutdownEvent)?.RestartExpectedMs is { } backInMs)
                _backoff.Expect(TimeSpan.FromMilliseconds(Math.Clamp(backInMs, 0, (long)Backoff.Longest.TotalMilliseconds)));
        }
        catch (JsonException)
        {
            // It goes away in any case; without a time the usual delays apply.
        }
    }

    private GatewayDisconnected Describe(GatewayException error)
    {
        var refusal = (error as GatewayConnectRefusedException)?.Error;
        if (refusal?.RetryAfterMs is { } afterMs)
            _backoff.Expect(TimeSpan.FromMilliseconds(Math.Clamp(afterMs, 0, (long)Backoff.Longest.TotalMilliseconds)));
        var final = error is GatewayConnectRefusedException { IsTerminal: true } or GatewayTlsException or GatewayStateException;
        return new GatewayDisconnected(error.Summary, (error as GatewayClosedException)?.Close, refusal, final ? null : _backoff.Next());
    }
}
