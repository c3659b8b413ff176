using OpenClaw.Gateway.Bus.Calls;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>What has to be done now and then: calls whose server died are ended, and servers that Redis forgot are registered again.</summary>
internal sealed partial class RedisCalls
{
    private async Task UpkeepAsync()
    {
        try
        {
            for (uint round = 0; ; round++)
            {
                await Task.Delay(UpkeepInterval, connection.Time, _stop.Token).ConfigureAwait(false);
                try
                {
                    await EndOrphansAsync().ConfigureAwait(false);
                    // Every now and then: Redis may have forgotten them, with everything else.
                    if (round % 5 == 4 && !_servers.IsEmpty)
                        await RecoverAsync(await connection.GetAsync(_stop.Token).ConfigureAwait(false), _stop.Token).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    // There will be another round.
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The bus is closed.
        }
    }

    /// <summary>Ends the calls whose server is not there any more.</summary>
    private async Task EndOrphansAsync()
    {
        foreach (var calls in _pending.Values.Where(c => c.Server is not null).GroupBy(c => c.Server!).ToList())
        {
            var link = await connection.GetAsync(_stop.Token).ConfigureAwait(false);
            var answer = (RedisResult[])(await link.ExecuteAsync("PUBSUB", [(RedisValue)"NUMSUB", (RedisValue)ServerChannel(calls.Key)], _stop.Token).ConfigureAwait(false))!;
            if ((long)answer[1] > 0)
                continue;
            foreach (var call in calls)
                call.End(CallResult.Failure(CallOutcome.ServerStopped, "The server went away before it answered."));
        }
    }

    private async Task RegisterAsync(RedisLink link, RedisCallServer server, CancellationToken cancellationToken)
    {
        try
        {
            await link.EvaluateAsync(RedisScript.CallRegister, [Servers(server.Service)], [server.Id], cancellationToken).ConfigureAwait(false);
            if (!_servers.ContainsKey(server))
                await link.EvaluateAsync(RedisScript.CallUnregister, [Servers(server.Service)], [server.Id], cancellationToken).ConfigureAwait(false);
        }
        catch (RedisRefusedException)
        {
            // Memory is full, for example. The rest of the bus may still work; this is tried again.
        }
    }
}
