using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>A gateway with its HTTP API on, a fake model, and a client that knows the token.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private ApiHost(GatewayTestHost gateway, FakeModelServer model)
    {
        Gateway = gateway;
        Model = model;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.Port}/"), Timeout = TestTimeouts.Wait };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayTestHost.Token);
    }

    public GatewayTestHost Gateway { get; }

    public FakeModelServer Model { get; }

    public HttpClient Http { get; }

    /// <summary>Starts a gateway; <paramref name="endpoints"/> and <paramref name="sections"/> are JSON5 members of <c>gateway.http.endpoints</c> and of the file.</summary>
    public static async Task<ApiHost> StartAsync(string? endpoints = null, string sections = "", string gateway = "", Action<IServiceCollection>? services = null, TimeProvider? time = null)
    {
        var model = await FakeModelServer.StartAsync();
        return new ApiHost(await GatewayTestHost.StartAsync(Config(model, endpoints, sections, gateway), time, services), model);
    }

    public static string Config(FakeModelServer model, string? endpoints, string sections, string gateway) => $$"""
        {
          gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" }, http: { endpoints: { {{endpoints ?? "chatCompletions: { enabled: true }, responses: { enabled: true }"}} } }, {{gateway}} },
          models: { providers: { mock: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{
            id: "m1", name: "m1", contextWindow: 32000, maxTokens: 4096, reasoning: false, input: ["text", "image"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } }] } } },
          agents: { defaults: { model: { primary: "mock/m1" }, maxConcurrent: 64 }, list: [{ id: "main" }, { id: "beta" }] },
          {{sections}}
        }
        """;

    public async Task<ApiAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await SendAsync(request, headers);
    }

    public async Task<ApiAnswer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request);
        return new ApiAnswer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Gateway.DisposeAsync();
        await Model.DisposeAsync();
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record ApiAnswer(int Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ErrorType => (string?)Json["error"]!["type"];

    /// <summary>The data of the stream's events, <c>[DONE]</c> left out.</summary>
    public IReadOnlyList<JsonNode> Events => [.. Data.Where(static data => data != "[DONE]").Select(static data => JsonNode.Parse(data)!)];

    public bool IsDone => Data.LastOrDefault() == "[DONE]";

    private IEnumerable<string> Data => Text.Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(static line => line["data: ".Length..]);
}
