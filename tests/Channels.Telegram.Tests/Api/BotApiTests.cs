using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Api;

/// <summary>What is known after a call, by a server that says exactly what the test says.</summary>
public sealed class BotApiTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly BotApi _api;

    public BotApiTests()
    {
        _listener.Start();
        _api = Api(((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    public void Dispose()
    {
        _api.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData("", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":tr", nameof(BotOutcome.Unknown))]
    [InlineData("not HTTP at all\r\n\r\n", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", nameof(BotOutcome.ServerError))]
    [InlineData("HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 504 Gateway Timeout\r\nContent-Length: *\r\n\r\n{\"ok\":false,\"error_code\":504,\"description\":\"late\"}", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", nameof(BotOutcome.Refused))]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nproxy", nameof(BotOutcome.ServerError))]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", nameof(BotOutcome.ServerError))]
    [InlineData("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", nameof(BotOutcome.RateLimited))]
    [InlineData("HTTP/1.1 400 Bad\r\nContent-Length: *\r\n\r\n{\"ok\":false,\"error_code\":400,\"description\":\"no good\"", nameof(BotOutcome.ServerError))]
    [InlineData("HTTP/1.1 400 Bad\r\nContent-Length: *\r\n\r\n{\"ok\":false,\"error_code\":400,\"description\":\"no good\"}", nameof(BotOutcome.Refused))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: *\r\n\r\n{\"ok\":true,\"result\":{\"id\":\"not a number\"}}", nameof(BotOutcome.Unknown))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: *\r\n\r\n{\"ok\":true,\"result\":{\"id\":7}}", nameof(BotOutcome.Ok))]
    public async Task Call_WhateverComesBack_SaysWhatIsKnown(string answer, string outcome)
    {
        var length = answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;
        var server = AnswerOnceAsync(answer.Replace("*", $"{length}", StringComparison.Ordinal));

        var result = await CallAsync(_api, TestTimeouts.Wait);

        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Equal("POST /bot1:secret/getMe HTTP/1.1", await server);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_WasNotSent()
    {
        using var api = Api(1);

        Assert.Equal(BotOutcome.NotSent, (await CallAsync(api, TestTimeouts.Wait)).Outcome);
    }

    [Fact]
    public async Task Call_NoSuchHost_WasNotSent()
    {
        using var api = new BotApi(Account("http://nowhere.invalid"), TimeProvider.System, TimeSpan.FromSeconds(2));

        Assert.Equal(BotOutcome.NotSent, (await CallAsync(api, TestTimeouts.Wait)).Outcome);
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsUnknown()
    {
        // Nobody accepts, but the system takes the connection and the request.
        var result = await CallAsync(_api, TimeSpan.FromMilliseconds(300));

        Assert.Equal((BotOutcome.Unknown, true), (result.Outcome, result.IsTimeout));
    }

    [Fact]
    public async Task Call_CancelledBefore_IsThat()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _api.CallAsync<NoParameters, User>("getMe", new NoParameters(), TestTimeouts.Wait, cancelled.Token));
    }

    [Fact]
    public void Addresses_AreTriedByFamilyInTurn() =>
        Assert.Equal(
            ["1.1.1.1", "::1", "2.2.2.2", "::2"],
            AddressRace.Order([IPAddress.Parse("::1"), IPAddress.Parse("::2"), IPAddress.Parse("1.1.1.1"), IPAddress.Parse("2.2.2.2")]).Select(address => address.ToString()));

    private static TelegramAccount Account(string root) => new("default") { Fingerprint = "", Token = "1:secret", ApiRoot = root };

    private static BotApi Api(int port) => new(Account($"http://127.0.0.1:{port}"), TimeProvider.System, TimeSpan.FromSeconds(2));

    private static Task<BotAnswer<User>> CallAsync(BotApi api, TimeSpan timeout) => api.CallAsync<NoParameters, User>("getMe", new NoParameters(), timeout, CancellationToken.None);

    /// <summary>Reads a request, answers and closes. Returns its first line.</summary>
    private async Task<string> AnswerOnceAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        // The body is an empty object.
        while (!request.ToString().EndsWith("{}", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request.ToString().Split("\r\n")[0];
    }
}
