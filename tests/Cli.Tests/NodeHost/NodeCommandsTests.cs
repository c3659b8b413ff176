using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Cli.NodeHost;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.NodeHost;

/// <summary>What the node answers, without a gateway.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NodeCommandsTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly ManualTimeProvider _time = new();
    private readonly HostCommandPolicy _policy;
    private readonly NodeReports _reports = new(static (_, _) => Task.CompletedTask);
    private readonly NodeCommands _commands;

    public NodeCommandsTests()
    {
        _policy = new HostCommandPolicy(
            GatewayEnvironment.Create(new EnvironmentInputs
            {
                Variables = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" },
                UserHomeDirectory = _home.Path,
                CurrentDirectory = _home.Path,
                TempDirectory = _home.Path,
                UserId = 1,
            }),
            _time,
            NullLoggerFactory.Instance);
        _commands = new NodeCommands(_policy, new SystemRun(_policy, new HostCommandRunner(_time), _reports, static _ => Task.FromResult(new ConfigSection(new JsonObject()))));
        Approvals("""{"version":1,"defaults":{"security":"full","ask":"off"}}""");
    }

    public void Dispose()
    {
        _reports.Dispose();
        _policy.Dispose();
        _home.Dispose();
    }

    [Theory]
    [InlineData("""{"command":["true"],"command":["false"]}""")]
    [InlineData("""{"command":["true"],"agentId":"*"}""")]
    [InlineData("""{"command":["true"],"agentId":"Main Agent"}""")]
    public async Task Run_HostileParams_AreAnsweredAsInvalid(string parameters)
    {
        var answer = await AskAsync("system.run", parameters);

        Assert.Equal("INVALID_REQUEST", answer.Code);
    }

    [Fact]
    public async Task Run_TextThatIsNoUnicode_IsAnswered() => Assert.Equal("UNAVAILABLE", (await AskAsync("system.run", """{"command":["\ud800"]}""")).Code);

    [Fact]
    public async Task Run_TheFileOfApprovalsHasAKeyTwice_IsAnswered()
    {
        Approvals("""{"version":1,"defaults":{"security":"full"},"defaults":{"security":"full","ask":"off"}}""");

        Assert.Equal("SYSTEM_RUN_DENIED: approval required", (await AskAsync("system.run", """{"command":["true"]}""")).Message);
        Assert.NotNull(await AskAsync("system.execApprovals.get", "{}"));
    }

    [Fact]
    public async Task Run_NoLimitOfItsOwn_EndsSoonAfterTheCallerGaveUp()
    {
        var running = AskAsync("system.run", """{"command":["/bin/sh","-c","echo > started; exec sleep 1000"]}""", 5_000);
        await TestTimeouts.Until(() => File.Exists(_home["started"]) && _time.ArmedTimers > 0, "the command runs, and its limit");

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True((bool)JsonNode.Parse((await running.WithTimeout()).PayloadJson!)!["timedOut"]!);
    }

    [Fact]
    public async Task Run_ALimitOfItsOwn_CountsAlone()
    {
        var running = AskAsync("system.run", """{"command":["/bin/sh","-c","echo > started; until test -e go; do sleep 0.02; done"],"timeoutMs":600000}""", 5_000);
        await TestTimeouts.Until(() => File.Exists(_home["started"]) && _time.ArmedTimers > 0, "the command runs, and its limit");

        _time.Advance(TimeSpan.FromMinutes(1));
        File.WriteAllText(_home["go"], "");

        Assert.True((bool)JsonNode.Parse((await running.WithTimeout()).PayloadJson!)!["success"]!);
    }

    private Task<NodeAnswer> AskAsync(string command, string parameters, int timeoutMs = 30_000)
    {
        var asked = new JsonObject { ["id"] = "1", ["nodeId"] = "n", ["command"] = command, ["paramsJSON"] = parameters, ["timeoutMs"] = timeoutMs };
        return _commands.AnswerAsync(NodeRequest.Read(Encoding.UTF8.GetBytes(asked.ToJsonString()))!, default).WithTimeout();
    }

    private void Approvals(string json)
    {
        Directory.CreateDirectory(_home[".openclaw"]);
        File.WriteAllText(_home[".openclaw", "exec-approvals.json"], json);
    }
}
