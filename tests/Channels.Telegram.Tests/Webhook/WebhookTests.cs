using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Channels.Telegram.Webhook;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Webhook;

/// <summary>Updates that are pushed: nothing is read without the secret, and 200 means stored.</summary>
public sealed partial class WebhookTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private TelegramRig _rig = null!;
    private int _port;

    public async Task InitializeAsync()
    {
        _rig = await TelegramRig.CreateAsync();
        await _rig.ConnectAsync(section =>
        {
            section["webhookUrl"] = "https://bot.example.org/telegram-webhook";
            section["webhookSecret"] = "losung";
            section["webhookHost"] = "127.0.0.1";
            section["webhookPort"] = 0;
        });
        await TestTimeouts.Until(() => _rig.Logs.All.Any(line => line.StartsWith("8351 ", StringComparison.Ordinal)), "the listener");
        _port = int.Parse(Port().Match(_rig.Logs.All.First(line => line.StartsWith("8351 ", StringComparison.Ordinal))).Groups[1].Value);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _rig.DisposeAsync();
    }

    [Fact]
    public void Start_TellsTheApiWhereAndWithWhichSecret()
    {
        var call = Assert.Single(_rig.Bot.CallsOf("setWebhook"));
        Assert.Equal(("https://bot.example.org/telegram-webhook", "losung"), (call["url"], call["secret_token"]));
        Assert.Empty(_rig.Bot.CallsOf("getUpdates"));
    }

    [Fact]
    public async Task Push_ComesIn()
    {
        using var answer = await PushAsync("losung", Updates.Text(42, 1, "pushed").With("update_id", 1).ToJsonString());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // It was durable before the answer.
        await _rig.Rig.WaitForInboundAsync(1);
        Assert.Equal("pushed", _rig.Rig.Inbound[0].Text);
        Assert.Equal("webhook", (await _rig.Rig.WaitForStatusAsync("telegram", status => status.Connected)).Mode);
    }

    [Fact]
    public async Task Push_IsAnsweredOnlyWhenItIsStored()
    {
        _rig.Rig.Bus.RefusesAppends = true;
        var push = PushAsync("losung", Updates.Text(42, 1, "kept").With("update_id", 1).ToJsonString());
        await TestTimeouts.Until(() => _rig.Rig.Bus.RefusedAppends > 0, "an attempt to store");
        Assert.False(push.IsCompleted);

        _rig.Rig.Bus.RefusesAppends = false;
        using var answer = await push.WithTimeout();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _rig.Rig.WaitForInboundAsync(1);
    }

    /// <summary>Refused, it would be pushed for ever.</summary>
    [Theory]
    [InlineData("""{"update_id":1,"message":{"message_id":"of another form"}}""", HttpStatusCode.OK)]
    [InlineData("""{"update_id":1,"message":""", HttpStatusCode.BadRequest)]
    [InlineData("""{"hello":1}""", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    public async Task Push_OfUnknownForm_IsPassedOverWhenItIsAnUpdate(string body, HttpStatusCode expected)
    {
        using var answer = await PushAsync("losung", body);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(_rig.Rig.Inbound);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("")]
    [InlineData(null)]
    public async Task WrongSecret_IsRefusedBeforeTheBodyIsRead(string? secret)
    {
        var header = secret is null ? "" : $"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n";

        Assert.StartsWith("HTTP/1.1 401", await AnnounceAsync(header, 500_000), StringComparison.Ordinal);
        Assert.Empty(_rig.Rig.Inbound);
    }

    [Fact]
    public async Task WrongSecrets_TooMany_AreToldToWait_AndTheRightOneIsTaken()
    {
        for (var i = 0; i < WrongSecrets.MaxPerMinute; i++)
        {
            using var wrong = await PushAsync("other", "{}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var more = await PushAsync("other", "{}");
        using var right = await PushAsync("losung", Updates.Text(42, 1, "pushed").With("update_id", 1).ToJsonString());

        Assert.Equal(HttpStatusCode.TooManyRequests, more.StatusCode);
        Assert.InRange(more.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("""{"update_id":5,"something_new":{}}""", HttpStatusCode.OK)]
    public async Task OtherBodies_AreAnswered(string body, HttpStatusCode status)
    {
        using var answer = await PushAsync("losung", body);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task BodyThatIsTooLarge_IsRefusedUnread()
    {
        Assert.StartsWith("HTTP/1.1 413", await AnnounceAsync("X-Telegram-Bot-Api-Secret-Token: losung\r\n", (1 << 20) + 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherPaths_AreHealthOrNothing()
    {
        Assert.Equal("ok", await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/healthz")));
        using var missing = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/other"));
        using var read = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/telegram-webhook"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (missing.StatusCode, read.StatusCode));
    }

    /// <summary>Announces a body that never comes. Returns the first line of the answer.</summary>
    private async Task<string?> AnnounceAsync(string header, int length)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /telegram-webhook HTTP/1.1\r\nHost: x\r\n{header}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync().WithTimeout();
    }

    private async Task<HttpResponseMessage> PushAsync(string secret, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{_port}/telegram-webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        return await _http.SendAsync(request);
    }

    [GeneratedRegex(@"port (\d+)")]
    private static partial Regex Port();
}
