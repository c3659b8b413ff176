using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Edge.Tests.Forwarding;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Destinations;

public sealed class ProbeTests
{
    private const string OtherSecret = "fedcba9876543210fedcba9876543210";

    [Theory]
    [InlineData(EdgeInFront.Secret, OtherSecret)]
    [InlineData(EdgeInFront.Secret, null)]
    [InlineData(null, EdgeInFront.Secret)]
    public async Task SecretsThatDiffer_AreToldByReadiness(string? core, string? edge)
    {
        await using var both = await EdgeInFront.StartAsync(static _ => Task.CompletedTask, core, edge);

        await TestTimeouts.Until(async () => (await ReadinessAsync(both)).Contains("OPENCLAW_SERVICE_SECRET differs", StringComparison.Ordinal), "not ready, and why");
    }

    [Theory]
    [InlineData(EdgeInFront.Secret)]
    [InlineData(null)]
    public async Task SameSecret_OrNoneOnEitherSide_IsWell(string? secret)
    {
        await using var both = await EdgeInFront.StartAsync(static _ => Task.CompletedTask, secret, secret);

        await TestTimeouts.Until(async () => !(await ReadinessAsync(both)).Contains("core service", StringComparison.Ordinal), "nothing wrong with the core");
    }

    [Fact]
    public async Task CoreThatStopsAnswering_EndsWhatIsOnItsWayThere()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isStopped = false;
        await using var edge = await EdgeInFront.StartAsync(
            async context =>
            {
                if (context.WebSockets.IsWebSocketRequest)
                {
                    using var accepted = await context.WebSockets.AcceptWebSocketAsync();
                    await stopped.Task;
                    return;
                }
                if (context.Request.Path == "/v1/stream")
                {
                    await context.Response.WriteAsync("begun");
                    await context.Response.Body.FlushAsync();
                }
                await stopped.Task;
            },
            probed: _ => Volatile.Read(ref isStopped) ? stopped.Task : Task.CompletedTask);
        try
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(edge.Address) { Scheme = "ws" }.Uri, CancellationToken.None).WithTimeout();
            var silent = edge.Http.PostAsync(new Uri(edge.Address, "/v1/responses"), new StringContent("{}"));
            using var streaming = await edge.Http.GetAsync(new Uri(edge.Address, "/v1/stream"), HttpCompletionOption.ResponseHeadersRead).WithTimeout();

            Volatile.Write(ref isStopped, true);

            var close = await socket.ReceiveAsync(new byte[100], CancellationToken.None).WithTimeout();
            using var answer = await silent.WithTimeout();
            Assert.Equal((WebSocketMessageType.Close, CloseCodes.ServiceRestart), (close.MessageType, (int)socket.CloseStatus!));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
            Assert.Contains("\"type\":\"unavailable\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => streaming.Content.ReadAsStringAsync().WithTimeout());
        }
        finally
        {
            stopped.SetResult();
        }
    }

    private static async Task<string> ReadinessAsync(EdgeInFront edge)
    {
        using var answer = await edge.Http.GetAsync(new Uri(edge.Address, "/readyz"));
        return await answer.Content.ReadAsStringAsync();
    }
}
