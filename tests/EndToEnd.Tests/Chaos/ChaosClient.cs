using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>
/// A client as it should be: it repeats a message under its id until that is accepted, waits for the answers, and connects again when
/// it was dropped. It sends some messages before it waits, so that sessions have work waiting.
/// </summary>
internal sealed class ChaosClient(string name, string session, Uri gateway, ChaosLog log) : IDisposable
{
    private const int Burst = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private RawSocket? _socket;
    private int _messages;
    private int _bursts;

    /// <summary>How often it has been answered all that it had asked.</summary>
    public int Bursts => Volatile.Read(ref _bursts);

    /// <summary>Sends until told to stop; what was begun is seen through.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var ids = Enumerable.Range(0, Burst).Select(_ => $"{name}.{++_messages}").ToArray();
            foreach (var id in ids)
                await UntilAsync(id, () => AcceptedAsync(id));
            foreach (var id in ids)
                await UntilAsync(id, () => AnsweredAsync(id));
            Interlocked.Increment(ref _bursts);
        }
    }

    /// <summary>Calls a method once; connects first if need be. Null when the connection was lost.</summary>
    public async Task<JsonNode?> CallAsync(string method, JsonObject parameters)
    {
        try
        {
            if (_socket is null)
            {
                var opening = await RawSocket.OpenAsync(gateway);
                using (var unless = new Disposal(opening))
                {
                    if ((bool?)(await opening.ConnectAsync())["ok"] != true)
                        return null;
                    _socket = unless.Keep();
                }
                log.Add("open", name);
            }
            return await _socket.CallAsync(method, parameters);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or IOException or HttpRequestException)
        {
            if (_socket is not null)
                log.Add("drop", name, e.Message);
            _socket?.Dispose();
            _socket = null;
            return null;
        }
    }

    public void Dispose() => _socket?.Dispose();

    private static async Task UntilAsync(string id, Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(ChaosTests.Patience);
        while (!await done())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Message {id} is neither accepted nor answered.");
            // As a client does that was told to come again.
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<bool> AcceptedAsync(string id)
    {
        log.Add("attempt", id, session);
        var answer = await CallAsync("chat.send", new JsonObject { ["sessionKey"] = session, ["message"] = $"<{id}>", ["idempotencyKey"] = id });
        if ((bool?)answer?["ok"] == true)
            log.Add("accept", id, session);
        else if (answer is not null)
            log.Add("refuse", id, answer["error"]!.ToJsonString());
        return (bool?)answer?["ok"] == true;
    }

    private async Task<bool> AnsweredAsync(string id)
    {
        var answer = await CallAsync("agent.wait", new JsonObject { ["runId"] = id, ["timeoutMs"] = 5000 });
        if ((string?)answer?["payload"]?["status"] != "ok")
            return false;
        log.Add("ack", id, session);
        return true;
    }

    /// <summary>Disposes a socket unless it is kept.</summary>
    private sealed class Disposal(RawSocket socket) : IDisposable
    {
        private bool _kept;

        public RawSocket Keep()
        {
            _kept = true;
            return socket;
        }

        public void Dispose()
        {
            if (!_kept)
                socket.Dispose();
        }
    }
}
