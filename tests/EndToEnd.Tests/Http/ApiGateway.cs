using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>A gateway with its HTTP API on and a model server behind it.</summary>
internal sealed class ApiGateway : IAsyncDisposable
{
    public const string HookToken = "end-to-end-hooks";

    private readonly IRunningGateway _gateway;

    private ApiGateway(IRunningGateway gateway, FakeModelServer model) => (_gateway, Model) = (gateway, model);

    public FakeModelServer Model { get; }

    public Uri Address => _gateway.PageUri;

    public Uri BaseUrl => new(Address, "/v1");

    public static async Task<ApiGateway> StartAsync(Composition composition)
    {
        var model = await FakeModelServer.StartAsync();
        var gateway = await IRunningGateway.StartAsync(
            composition,
            $$"""
            models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "sk-end-to-end", api: "openai-completions", models: [{
              id: "m1", name: "m1", contextWindow: 32000, maxTokens: 4096, reasoning: false, input: ["text", "image"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } }] } } },
            agents: { defaults: { model: { primary: "fake/m1" } } }, hooks: { enabled: true, token: "{{HookToken}}" }
            """,
            "http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } }");
        return new ApiGateway(gateway, model);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await Model.DisposeAsync();
    }
}
