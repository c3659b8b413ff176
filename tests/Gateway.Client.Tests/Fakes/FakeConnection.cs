using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Client.Tests.Fakes;

/// <summary>One connection as a script sees it.</summary>
internal sealed class FakeConnection(HttpContext context, WebSocket socket, CancellationToken stop)
{
    public const string Nonce = "11111111-2222-3333-4444-555555555555";
    public const long ChallengeTs = 1795234446499;

    public const string Hello =
        """{"type":"hello-ok","protocol":3,"server":{"version":"dev","connId":"c"},"policy":{"maxPayload":524288,"maxBufferedBytes":1572864,"tickIntervalMs":30000}}""";

    private readonly byte[] _buffer = new byte[1024 * 1024];

    public CancellationToken Stop => stop;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) => socket.SendAsync(bytes, type, true, stop);

    /// <summary>The next frame.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        var filled = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(filled), stop);
            if (result.MessageType is WebSocketMessageType.Close)
                throw new ClientLeftException();
            filled += result.Count;
            if (result.EndOfMessage)
                return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, filled));
        }
    }

    public Task ChallengeAsync() => EventAsync("connect.challenge", $$"""{"nonce":"{{Nonce}}","ts":{{ChallengeTs}}}""");

    /// <summary>Challenge, connect, hello-ok.</summary>
    /// <returns>The params of the connect.</returns>
    public async Task<JsonElement> GreetAsync(string hello = Hello)
    {
        await ChallengeAsync();
        var connect = await ReceiveAsync();
        await OkAsync(connect, hello);
        return connect.GetProperty("params");
    }

    public Task OkAsync(JsonElement request, string payload = "{}") =>
        SendAsync($$"""{"type":"res","id":{{request.GetProperty("id").GetRawText()}},"ok":true,"payload":{{payload}}}""");

    public Task ErrorAsync(JsonElement request, string error) =>
        SendAsync($$"""{"type":"res","id":{{request.GetProperty("id").GetRawText()}},"ok":false,"error":{{error}}}""");

    public Task EventAsync(string name, string payload, long? seq = null) =>
        SendAsync($$"""{"type":"event","event":"{{name}}","payload":{{payload}}{{(seq is null ? "" : ",\"seq\":" + seq)}}}""");

    /// <summary>Refuses the connect as a gateway does: answer, then close.</summary>
    public async Task RefuseAsync(string error, int code, string reason)
    {
        await ChallengeAsync();
        await ErrorAsync(await ReceiveAsync(), error);
        await CloseAsync(code, reason);
    }

    public async Task CloseAsync(int code, string reason)
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, stop);
        await DrainAsync();
    }

    /// <summary>Waits for the client's close frame.</summary>
    public async Task<(int? Code, string? Reason)> DrainAsync()
    {
        try
        {
            while ((await socket.ReceiveAsync(_buffer.AsMemory(), stop)).MessageType is not WebSocketMessageType.Close)
            {
            }
            return ((int?)socket.CloseStatus, socket.CloseStatusDescription);
        }
        catch (WebSocketException)
        {
            return (null, null);
        }
    }

    /// <summary>Says nothing more and reads nothing more.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, stop);

    /// <summary>Ends the TCP connection without a close frame.</summary>
    public void Abort() => context.Abort();
}

/// <summary>The client closed where the script waited for a frame.</summary>
internal sealed class ClientLeftException : Exception;
