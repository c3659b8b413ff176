using System.Buffers.Text;
using System.Text;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class PreviousResponseTests : IAsyncLifetime
{
    private const string Path = "v1/responses";
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task IdOfTheLongestUserName_IsTaken()
    {
        var first = await _host.PostAsync(Path, $$"""{"model":"openclaw","user":"{{new string('ü', 256)}}","input":"one"}""");

        var second = await _host.PostAsync(Path, Next((string)first.Json["id"]!));

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(["one", "two"], _host.Model.Requests[1].Texts("user"));
    }

    [Fact]
    public async Task SessionOfTheGateway_IsNotGoneOnFromOutside()
    {
        foreach (var key in (string[])["agent:main:cron:job", "agent:main:subagent:1", "agent:main:acp:1"])
        {
            var answer = await _host.PostAsync(Path, Next(IdOf(key)));
            Assert.Equal((400, "invalid_request_error"), (answer.Status, answer.ErrorType));
            Assert.Contains("belong to the gateway", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AgentThatIsNotThere_IsRefused_AlsoWhereASessionIsGoneOnWith()
    {
        var first = await _host.PostAsync(Path, """{"model":"openclaw","input":"one"}""");

        var byModel = await _host.PostAsync(Path, Next((string)first.Json["id"]!, "openclaw:nope"));
        var byKey = await _host.PostAsync(Path, Next(IdOf("agent:nope:main")));

        Assert.Equal((404, "model_not_found"), (byModel.Status, (string?)byModel.Json["error"]!["code"]));
        Assert.Equal((400, "previous_response_id"), (byKey.Status, (string?)byKey.Json["error"]!["param"]));
    }

    private static string Next(string previous, string model = "openclaw") => $$"""{"model":"{{model}}","previous_response_id":"{{previous}}","input":"two"}""";

    private static string IdOf(string key) => $"resp_{Guid.Empty}_{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key))}";
}
