using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Identity;

namespace OpenClaw.Gateway.Client.Connections;

public sealed partial class GatewayConnection
{
    // Gateways that send no challenge do not exist any more; the protocol's other clients wait this long for one.
    private static readonly TimeSpan ChallengePatience = TimeSpan.FromMilliseconds(750);

    /// <summary>What the user should know although the connection is up, e.g. that the device's token could not be stored.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>
    /// Connects and shakes hands. This device's stored token is offered first, unless the user named a token; when the gateway does not
    /// take it any more and there is a shared token, it is forgotten and the shared one tried at once.
    /// </summary>
    /// <exception cref="GatewayConnectRefusedException">The gateway said no.</exception>
    /// <exception cref="GatewayClosedException">Nobody listens, or the connection ended before <c>hello-ok</c>.</exception>
    /// <exception cref="GatewayTimeoutException">No <c>hello-ok</c> within <see cref="GatewayConnectionOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="GatewayTlsException">The certificate is not the pinned one.</exception>
    /// <exception cref="GatewayStateException">The device's identity cannot be read or made.</exception>
    public static async Task<GatewayConnection> OpenAsync(GatewayConnectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await OpenWithDeviceAsync(options, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayTimeoutException(options.ConnectTimeout, options.Details);
        }
    }

    private static async Task<GatewayConnection> OpenWithDeviceAsync(GatewayConnectionOptions options, CancellationToken cancellationToken)
    {
        if (options.StateDirectory is not { } stateDirectory)
            return await AttemptAsync(options, device: null, tokens: null, options.Token, cancellationToken).ConfigureAwait(false);
        using var device = new DeviceKeyFile(stateDirectory, options.Time).LoadOrCreate();
        var tokens = new DeviceTokenStore(stateDirectory, options.Time);
        var deviceId = device.Identity.DeviceId;
        var hasShared = !string.IsNullOrEmpty(options.Token);
        var stored = hasShared && options.TokenIsExplicit ? null : tokens.Find(deviceId, options.Role)?.Token;
        try
        {
            return await AttemptAsync(options, device, tokens, stored ?? options.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayConnectRefusedException refused)
            when (stored is not null && hasShared && stored != options.Token && ConnectRefusals.IsUnauthorized(refused.Error))
        {
            tokens.Remove(deviceId, options.Role, stored);
        }
        return await AttemptAsync(options, device, tokens, options.Token, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<GatewayConnection> AttemptAsync(
        GatewayConnectionOptions options, DeviceKey? device, DeviceTokenStore? tokens, string? token, CancellationToken cancellationToken)
    {
        var connection = new GatewayConnection(options, await GatewaySocket.OpenAsync(options, cancellationToken).ConfigureAwait(false));
        try
        {
            await connection.GreetAsync(device, token, cancellationToken).ConfigureAwait(false);
            connection.KeepState(device, tokens);
            connection._watching = connection.WatchTicksAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task GreetAsync(DeviceKey? device, string? token, CancellationToken cancellationToken)
    {
        var challenge = await WaitForChallengeAsync(cancellationToken).ConfigureAwait(false);
        var id = Guid.NewGuid().ToString();
        var frame = RequestWriter.WriteConnect(id, _options, Credentials.Make(_options, device, token, challenge));
        var forever = new GatewayRequestOptions { Timeout = Timeout.InfiniteTimeSpan };
        var answer = await ExchangeAsync(id, frame, forever, cancellationToken).ConfigureAwait(false)
            ?? throw new GatewayClosedException(await Closed.ConfigureAwait(false), _options.Details);
        if (answer.Error is { } error)
        {
            // The close frame follows; a gateway that forgets it gets the one that the protocol's other clients send.
            await LingerAsync().ConfigureAwait(false);
            await EndAsync(1008, "connect failed").ConfigureAwait(false);
            var close = Closed.IsCompleted ? await Closed.ConfigureAwait(false) : new GatewayClose(1008, "connect failed");
            throw new GatewayConnectRefusedException(error, close, _options.Details);
        }
        Hello = GatewayHello.Read(answer.Payload);
        Interlocked.Exchange(ref _lastTick, _options.Time.GetTimestamp());
    }

    private async Task<Challenge?> WaitForChallengeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _challenge.Task.WaitAsync(ChallengePatience, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void KeepState(DeviceKey? device, DeviceTokenStore? tokens)
    {
        if (device is null || tokens is null)
            return;
        var warnings = new List<string>();
        if (device.BrokenFileKeptAs is { } kept)
            warnings.Add($"the device identity was unreadable; it was kept as {kept} and a new one was made, which has to be paired again");
        try
        {
            if (Hello.DeviceToken is { } token)
                tokens.Save(device.Identity.DeviceId, Hello.Role ?? _options.Role, token, Hello.Scopes);
        }
        catch (GatewayStateException error)
        {
            // The connection is up; the next one will be given a token again.
            warnings.Add(error.Message);
        }
        Warnings = warnings;
    }

    private async Task WatchTicksAsync()
    {
        var interval = Hello.TickInterval;
        try
        {
            while (true)
            {
                await Task.Delay(interval, _options.Time, _lifetime.Token).ConfigureAwait(false);
                if (_options.Time.GetElapsedTime(Interlocked.Read(ref _lastTick)) <= interval * 2)
                    continue;
                await EndAsync(GatewayClose.TickTimeout, "tick timeout").ConfigureAwait(false);
                await _lifetime.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The connection ended in another way.
        }
    }
}
