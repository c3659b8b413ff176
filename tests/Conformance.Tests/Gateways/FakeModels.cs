using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Conformance.Tests.Gateways;

/// <summary>The part of a configuration that makes <see cref="FakeModelServer"/> the model of every agent.</summary>
internal static class FakeModels
{
    public static JsonObject ConfigurationFor(FakeModelServer server) => new()
    {
        ["models"] = new JsonObject
        {
            ["providers"] = new JsonObject
            {
                ["fake"] = new JsonObject
                {
                    ["baseUrl"] = server.OpenAiBaseUrl.ToString(),
                    ["apiKey"] = "sk-fake",
                    ["api"] = "openai-completions",
                    ["models"] = new JsonArray(new JsonObject
                    {
                        ["id"] = "fake-1",
                        ["name"] = "fake-1",
                        ["contextWindow"] = 128_000,
                        ["maxTokens"] = 4096,
                    }),
                },
            },
        },
        ["agents"] = new JsonObject
        {
            ["defaults"] = new JsonObject { ["model"] = new JsonObject { ["primary"] = "fake/fake-1" } },
        },
    };
}
