using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessCalls(InProcessBusOptions options, TimeProvider time, BusMetrics metrics, ILoggerFactory loggers) : ICalls
{
    private readonly ILogger _logger = loggers.CreateLogger<InProcessCalls>();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<LocalCallServer>> _servers = new(StringComparer.Ordinal);
    private uint _turn;

    public async ValueTask<CallResult> CallAsync(string service, ReadOnlyMemory<byte> request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(service);
        options ??= CallOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();

        using var activity = BusMetrics.Activities.StartActivity("bus.call");
        activity?.SetTag("bus.service", service);
        var started = time.GetTimestamp();
        var result = await RouteAsync(service, request, options.Timeout, cancellationToken).ConfigureAwait(false);
        activity?.SetTag("bus.outcome", BusMetrics.Name(result.Outcome));
        metrics.Called(service, result.Outcome, time.GetElapsedTime(started));
        return result;
    }

    public ValueTask<ICallServer> ServeAsync(string service, CallHandler handler, CallServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(service);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= CallServerOptions.Default;
        options.Check();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ICallServer>(cancellationToken);
        var server = new LocalCallServer(Remove, service, handler, options, time, _logger);
        lock (_gate)
            _servers[service] = _servers.TryGetValue(service, out var others) ? others.Add(server) : [server];
        return ValueTask.FromResult<ICallServer>(server);
    }

    internal async Task CloseAsync()
    {
        foreach (var server in _servers.Values.SelectMany(s => s).ToList())
            await server.DisposeAsync().ConfigureAwait(false);
    }

    private void Remove(LocalCallServer server)
    {
        lock (_gate)
        {
            if (!_servers.TryGetValue(server.Service, out var all))
                return;
            var others = all.Remove(server);
            if (others.IsEmpty)
                _servers.TryRemove(server.Service, out _);
            else
                _servers[server.Service] = others;
        }
    }

    private async ValueTask<CallResult> RouteAsync(string service, ReadOnlyMemory<byte> request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (request.Length > options.MaxPayloadBytes)
            return CallResult.Failure(CallOutcome.TooLarge, $"The request has {request.Length} bytes; the bus carries {options.MaxPayloadBytes}.");
        if (!_servers.TryGetValue(service, out var servers))
            return CallResult.Failure(CallOutcome.NoServer, $"Nobody serves {service}.");

        // A server that stops between the look-up and the call has not begun it, so the next one may have it.
        var first = Interlocked.Increment(ref _turn);
        CallResult? overloaded = null;
        for (uint i = 0; i < servers.Length; i++)
        {
            var server = servers[(int)((first + i) % (uint)servers.Length)];
            switch (server.TryBegin(request, timeout, cancellationToken, out var call))
            {
                case CallAdmission.Begun:
                    return await call.ConfigureAwait(false);
                case CallAdmission.Full:
                    overloaded = CallResult.Failure(CallOutcome.Overloaded, $"{service} has too many calls waiting.");
                    break;
                default:
                    break;
            }
        }
        return overloaded ?? CallResult.Failure(CallOutcome.NoServer, $"Nobody serves {service}.");
    }
}
