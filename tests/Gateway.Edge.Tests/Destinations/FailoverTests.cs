using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Edge.Destinations;
using OpenClaw.Gateway.Edge.Forwarding;
using OpenClaw.Gateway.Edge.Tests.Forwarding;
using OpenClaw.Testing;
using Yarp.ReverseProxy;

namespace OpenClaw.Gateway.Edge.Tests.Destinations;

public sealed class FailoverTests : IDisposable
{
    /// <summary>Bound and not listening: whoever connects is refused, and nobody else can have the port.</summary>
    private readonly Socket _dead = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FailoverTests() => _dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    private Uri Dead => new($"http://127.0.0.1:{((IPEndPoint)_dead.LocalEndPoint!).Port}/");

    [Fact]
    public async Task DeadCoreAmongLiving_FailsNoRequest()
    {
        await using var edge = await EdgeInFront.StartAsync(static context => context.Request.Body.CopyToAsync(context.Response.Body), moreCores: [Dead, Dead, Dead]);

        for (var number = 0; number < 20; number++)
        {
            using var answer = await edge.Http.PostAsync(new Uri(edge.Address, "/v1/responses"), new StringContent($"body {number}")).WithTimeout();
            Assert.Equal((HttpStatusCode.OK, $"body {number}"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task CoresWhoseOutageBeginsWhenTheyAreChosen_FailNoRequest()
    {
        await using var edge = await EdgeInFront.StartAsync(static context => context.Request.Body.CopyToAsync(context.Response.Body), moreCores: [Dead, Dead, Dead]);
        Assert.True(edge.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster(RouteTable.Core, out var cluster));
        foreach (var dead in cluster.Destinations.Values.Where(core => core.Model.Config.Address == Dead.ToString()))
            edge.Services.GetRequiredService<Outages>().Begin(dead);

        for (var number = 0; number < 20; number++)
        {
            using var answer = await edge.Http.PostAsync(new Uri(edge.Address, "/v1/responses"), new StringContent($"body {number}")).WithTimeout();
            Assert.Equal((HttpStatusCode.OK, $"body {number}"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task DeadCoreAmongLiving_FailsNoWebSocket()
    {
        await using var edge = await EdgeInFront.StartAsync(GreetAsync, moreCores: [Dead, Dead, Dead]);

        for (var number = 0; number < 20; number++)
            Assert.Equal("hello", await GreetingAsync(edge));
    }

    [Fact]
    public async Task CoreThatDoesNotAnswerTheOpeningOfAWebSocket_IsPassedOver()
    {
        // Takes connections and says nothing, as a stopped process does.
        _dead.Listen();
        await using var edge = await EdgeInFront.StartAsync(GreetAsync, moreCores: [Dead]);

        for (var number = 0; number < 3; number++)
            Assert.Equal("hello", await GreetingAsync(edge));
    }

    [Fact]
    public async Task RequestThatMayHaveBeenDone_IsNotRepeated()
    {
        var seen = 0;
        await using var edge = await EdgeInFront.StartAsync(
            context =>
            {
                Interlocked.Increment(ref seen);
                context.Abort();
                return Task.CompletedTask;
            },
            moreCores: [Dead]);

        using var answer = await edge.Http.PostAsync(new Uri(edge.Address, "/v1/responses"), new StringContent("{}")).WithTimeout();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, seen);
    }

    public void Dispose() => _dead.Dispose();

    private static async Task GreetAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task<string> GreetingAsync(EdgeInFront edge)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(edge.Address) { Scheme = "ws" }.Uri, CancellationToken.None).WithTimeout();
        var buffer = new byte[100];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None).WithTimeout();
        return message.MessageType is WebSocketMessageType.Close ? $"closed {socket.CloseStatus}" : System.Text.Encoding.UTF8.GetString(buffer, 0, message.Count);
    }
}
