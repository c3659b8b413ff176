using System.Reflection;
using System.Text.Json.Nodes;
using OpenClaw.Testing;
using Xunit.Sdk;

namespace OpenClaw.EndToEnd.Tests.Http;

/// <summary>OpenAI's library for JavaScript, unchanged, against this gateway.</summary>
public sealed class OpenAiNpmTests
{
    [Theory]
    [OpenAiNpm(Composition.AllInOne)]
    [OpenAiNpm(Composition.Distributed)]
    public async Task Library_GetsEverythingItAsksFor(Composition composition)
    {
        await using var gateway = await ApiGateway.StartAsync(composition);

        var output = await ProgramRun.OutputOfAsync("node", ["openai-sdk.mjs", gateway.BaseUrl.ToString(), IRunningGateway.Token]);

        var found = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!.AsArray()).ToDictionary(static pair => (string)pair[0]!, static pair => pair[1]!.ToJsonString());
        const string Streamed = "Hello from the fake model. This is streamed text in several pieces.";
        Assert.Equal("""["openclaw","openclaw:main"]""", found["models"]);
        Assert.Equal("\"openclaw:main\"", found["model"]);
        Assert.Equal("""["echo: hi","stop",true]""", found["chat"]);
        Assert.Equal($"""["{Streamed}","stop",true]""", found["chatStream"]);
        Assert.Equal("""["tool_calls","get_weather","{\u0022city\u0022:\u0022Bern\u0022}","tool get_weather finished"]""", found["chatTools"]);
        Assert.Equal("\"tool get_weather finished\"", found["runTools"]);
        Assert.Equal("""
            "{\u0022city\u0022:\u0022Bern\u0022}"
            """, found["streamedCall"]);
        Assert.Equal("\"echo: what is this?\"", found["picture"]);
        Assert.Equal("""["echo: hi","completed",true]""", found["response"]);
        Assert.Equal($"""["{Streamed}","response.created","response.completed"]""", found["responseStream"]);
        Assert.Equal("""["get_weather","{\u0022city\u0022:\u0022Bern\u0022}","tool get_weather finished"]""", found["responseTools"]);
        Assert.Equal("\"echo: what is this?\"", found["responsePicture"]);
        Assert.Equal(
            """["AuthenticationError 401","NotFoundError 404 model_not_found","BadRequestError 400","InternalServerError 502","NotFoundError 404 previous_response_not_found","APIUserAbortError"]""",
            found["errors"]);
        await TestTimeouts.Until(() => gateway.Model.OpenRequests == 0, "the run that was left to end");
    }

    /// <summary>Skipped, and saying so, where the library or Redis is missing.</summary>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    private sealed class OpenAiNpmAttribute : DataAttribute
    {
        private readonly Composition _composition;

        public OpenAiNpmAttribute(Composition composition)
        {
            _composition = composition;
            var isThere = File.Exists(Path.Combine(RepositoryRoot.Path, "tests", "npm", "node_modules", "openai", "package.json"));
            Skip = !isThere ? "The npm package openai is not installed; run: npm ci --prefix tests/npm" : composition is Composition.Distributed ? RedisProcess.Missing : null;
        }

        public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_composition]];
    }
}
