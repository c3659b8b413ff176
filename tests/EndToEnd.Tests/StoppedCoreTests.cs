using System.Net;
using System.Net.Http.Headers;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A core that is stopped closes none of its connections. Its clients are told nevertheless, by the edge, and soon.</summary>
public sealed class StoppedCoreTests
{
    [DistributedFact]
    public async Task StoppedCore_ItsClientsAreToldByTheEdge_AndItHealsWhenItGoesOn()
    {
        await using var model = await FakeModelServer.StartAsync();
        model.Enqueue(FakeReply.Script(new TextStep("begun"), new HangStep()));
        await using var gateway = await DistributedGateway.StartAsync(
            $$"""
            models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
            agents: { defaults: { model: { primary: "fake/m" } } },
            """,
            "http: { endpoints: { chatCompletions: { enabled: true } } }");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", IRunningGateway.Token);
        using var open = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await open.ConnectAsync();
        using var streaming = await PostAsync(http, gateway, """{"model":"openclaw","stream":true,"messages":[{"role":"user","content":"hi"}]}""").WithTimeout();
        using var reader = new StreamReader(await streaming.Content.ReadAsStreamAsync());
        while ((await reader.ReadLineAsync().WithTimeout())?.Contains("begun", StringComparison.Ordinal) != true)
        {
        }

        await gateway.Core.SignalAsync("STOP");
        try
        {
            var late = PostAsync(http, gateway, """{"model":"openclaw","messages":[{"role":"user","content":"hi"}]}""");
            Assert.Equal(CloseCodes.ServiceRestart, await open.ClosedAsync());
            using var refused = await late.WithTimeout();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Contains("\"type\":\"unavailable\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync().WithTimeout());
            using var next = await RawSocket.OpenAsync(gateway.WebSocketUri);
            Assert.Equal(CloseCodes.TryAgainLater, await next.ClosedAsync());
        }
        finally
        {
            await gateway.Core.SignalAsync("CONT");
        }

        await gateway.ReadyAsync();
        using var again = await RawSocket.OpenAsync(gateway.WebSocketUri);
        Assert.True((bool?)(await again.ConnectAsync())["ok"]);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, DistributedGateway gateway, string body) => http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.PageUri, "/v1/chat/completions")) { Content = new StringContent(body) }, HttpCompletionOption.ResponseHeadersRead);
}
