using System.Buffers.Binary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>
/// Carries what a core tells to the others: each record once and in the order of its core. A topic carries it; who sees by the
/// numbers that something is missing asks the core for it. Only what that core does not keep any more is lost, and then
/// <see cref="ForeignRecords"/> looks at the state itself.
/// </summary>
internal sealed partial class EventRelay(IBus bus, CoreId self, CoreDirectory cores, RelayOutbox outbox, ForeignRecords foreign, TimeProvider time, ILogger<EventRelay> logger) : BackgroundService
{
    private const string Topic = "core.events";

    /// <summary>How often a core says how far it has come, so that a loss at the end is noticed too.</summary>
    private static readonly TimeSpan PositionInterval = TimeSpan.FromSeconds(1);

    private static readonly CallOptions ReplayCall = new() { Timeout = TimeSpan.FromSeconds(3) };

    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(SendAsync(stoppingToken), ReceiveAsync(stoppingToken), ServeAsync(stoppingToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static string ReplayService(string core) => "core.events." + core;

    private async Task SendAsync(CancellationToken stopping)
    {
        var sent = 1L;
        while (true)
        {
            if (outbox.Next <= sent)
                await outbox.WaitAsync(PositionInterval, time, stopping).ConfigureAwait(false);
            var batch = outbox.Read(sent);
            if (batch.Records.Count == 0 && (!cores.MayHaveOthers || batch.First == 1))
                continue;
            switch (await bus.Topics.PublishAsync(Topic, batch.ToBytes(), stopping).ConfigureAwait(false))
            {
                case PublishOutcome.Published:
                    sent = batch.First + batch.Records.Count;
                    break;
                case PublishOutcome.TooLarge:
                    LogTooLarge(logger, batch.Records[0].Kind, batch.Records[0].Payload.Length);
                    sent = batch.First + batch.Records.Count;
                    break;
                default:
                    await Task.Delay(PositionInterval, time, stopping).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await using var server = (await bus.Calls.ServeAsync(
                    ReplayService(self.Value),
                    (request, _) => new ValueTask<ReadOnlyMemory<byte>>(outbox.Read(request.Payload.Length == 8 ? BinaryPrimitives.ReadInt64LittleEndian(request.Payload.Span) : long.MaxValue).ToBytes()),
                    cancellationToken: stopping).ConfigureAwait(false)).ConfigureAwait(false);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(false);
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var subscription = await bus.Topics.SubscribeAsync(Topic, new TopicSubscriptionOptions { Capacity = 16 * 1024 }, stopping).ConfigureAwait(false);
                await using (subscription.ConfigureAwait(false))
                {
                    await foreach (var message in subscription.ReadAllAsync(stopping).ConfigureAwait(false))
                    {
                        // A core that this one never heard of has no number to miss.
                        if (message.DroppedBefore > 0)
                            await foreign.CatchUpAsync(stopping).ConfigureAwait(false);
                        if (RelayBatch.Parse(message.Payload) is not { } batch)
                            LogMalformed(logger, message.Payload.Length);
                        else if (batch.Core != self.Value)
                            await TakeAsync(batch, stopping).ConfigureAwait(false);
                    }
                }
                // The bus is closed.
                return;
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeAsync(RelayBatch batch, CancellationToken stopping)
    {
        // What was told before this core came is in the state that it began with; or it was cut off when the other one came.
        if (!_next.TryGetValue(batch.Core, out var expected))
        {
            expected = batch.First;
            if (batch.First > 1)
                await foreign.LookUpEndsAsync(stopping).ConfigureAwait(false);
        }
        while (batch.First > expected)
        {
            var before = expected;
            expected = await ReplayAsync(batch.Core, expected, stopping).ConfigureAwait(false);
            if (expected != before)
                continue;
            LogLost(logger, batch.First - expected, batch.Core);
            await foreign.CatchUpAsync(stopping).ConfigureAwait(false);
            expected = batch.First;
        }
        _next[batch.Core] = Deliver(batch, expected);
        if (_next.Count > 64)
            ForgetTheDead();
    }

    /// <summary>Fetches what is missing; returns the number that is expected next.</summary>
    private async Task<long> ReplayAsync(string core, long from, CancellationToken stopping)
    {
        var request = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(request, from);
        var answer = await bus.Calls.CallAsync(ReplayService(core), request, ReplayCall, stopping).ConfigureAwait(false);
        return answer.IsAnswered && RelayBatch.Parse(answer.Payload) is { } batch && batch.Core == core && batch.First <= from ? Deliver(batch, from) : from;
    }

    private long Deliver(RelayBatch batch, long expected)
    {
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (batch.First + i < expected)
                continue;
            try
            {
                foreign.Take(batch.Records[i]);
            }
            catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException)
            {
                // A core of another version may tell what this one does not know.
                LogNotUnderstood(logger, e, batch.Records[i].Kind);
            }
        }
        return Math.Max(expected, batch.First + batch.Records.Count);
    }

    private void ForgetTheDead()
    {
        foreach (var core in _next.Keys.Where(core => !cores.Knows(core)).ToList())
            _next.Remove(core);
    }

    [LoggerMessage(1511, LogLevel.Warning, "{Count} events of core {Core} are lost: the bus did not carry them and the core does not keep them any more.")]
    private static partial void LogLost(ILogger logger, long count, string core);

    [LoggerMessage(1512, LogLevel.Warning, "A message of {Bytes} bytes on the topic of events is not one of a core and was ignored.")]
    private static partial void LogMalformed(ILogger logger, int bytes);

    [LoggerMessage(1513, LogLevel.Error, "A record of kind {Kind} with {Bytes} bytes is larger than the bus carries; other cores' clients miss it.")]
    private static partial void LogTooLarge(ILogger logger, RelayKind kind, int bytes);

    [LoggerMessage(1514, LogLevel.Warning, "A record of kind {Kind} from another core was not understood.")]
    private static partial void LogNotUnderstood(ILogger logger, Exception exception, RelayKind kind);
}
