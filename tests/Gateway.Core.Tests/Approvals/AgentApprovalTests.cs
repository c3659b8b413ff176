using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Approvals;

/// <summary>From a message to an agent over a person's decision to the command, through the whole gateway.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AgentApprovalTests : IAsyncLifetime
{
    private FakeModelServer _model = null!;
    private GatewayTestHost _host = null!;

    private string Workspace => Path.Combine(_host.StateDirectory, "workspace");

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _host = await GatewayTestHost.StartAsync($$"""
            {
              gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
              models: { providers: { fake: { baseUrl: "{{_model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
              agents: { defaults: { model: { primary: "fake/m" }, skipBootstrap: true } },
            }
            """);
        Directory.CreateDirectory(Workspace);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Approved_Runs_AndTheModelSeesTheOutput()
    {
        await using var person = await _host.OperatorAsync();
        var asked = await AskAsync(person, "echo \"$((20+22))\" | tee out");
        Assert.Equal(Workspace, (string?)asked["request"]!["cwd"]);
        Assert.False(File.Exists(Path.Combine(Workspace, "out")));

        await DecideAsync(person, asked, "allow-once");

        Assert.Equal("42\n", await File.ReadAllTextAsync(Path.Combine(Workspace, "out")));
        Assert.Contains("42", _model.Requests[^1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_DoesNotRun()
    {
        await using var person = await _host.OperatorAsync();
        var asked = await AskAsync(person, "touch out");

        await DecideAsync(person, asked, "deny");

        Assert.False(File.Exists(Path.Combine(Workspace, "out")));
        Assert.Contains("denied by the user", _model.Requests[^1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramExchangedBetweenQuestionAndDecision_DoesNotRun()
    {
        Write("true");
        await using var person = await _host.OperatorAsync();
        var asked = await AskAsync(person, "./tool.sh");
        Write("touch out; exit 0");

        await DecideAsync(person, asked, "allow-once");

        Assert.False(File.Exists(Path.Combine(Workspace, "out")));
        Assert.Contains("changed between approval and start", _model.Requests[^1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DirectoryExchangedBetweenQuestionAndDecision_DoesNotRun()
    {
        Directory.CreateDirectory(Path.Combine(Workspace, "a"));
        Directory.CreateDirectory(Path.Combine(Workspace, "b"));
        var link = Path.Combine(Workspace, "here");
        Directory.CreateSymbolicLink(link, Path.Combine(Workspace, "a"));
        await using var person = await _host.OperatorAsync();
        var asked = await AskAsync(person, "touch out", "here");
        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, Path.Combine(Workspace, "b"));

        await DecideAsync(person, asked, "allow-once");

        Assert.False(File.Exists(Path.Combine(Workspace, "b", "out")));
    }

    /// <summary>Lets the agent want a command, and returns the question that people get.</summary>
    private async Task<JsonNode> AskAsync(RawClient person, string command, string? directory = null)
    {
        var arguments = new JsonObject { ["command"] = command };
        if (directory is not null)
            arguments["workdir"] = directory;
        _model.Enqueue(FakeReply.Tool("exec", arguments.ToJsonString()), FakeReply.Text("done"));
        await person.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "go", ["idempotencyKey"] = "run-1" });
        return (await person.EventAsync("exec.approval.requested"))["payload"]!;
    }

    /// <summary>Decides, and waits for the end of the turn.</summary>
    private static async Task DecideAsync(RawClient person, JsonNode asked, string decision)
    {
        await person.SendAsync(new JsonObject
        {
            ["type"] = "req",
            ["id"] = "decide",
            ["method"] = "exec.approval.resolve",
            ["params"] = new JsonObject { ["id"] = (string)asked["id"]!, ["decision"] = decision },
        }.ToJsonString());
        await person.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final");
    }

    private void Write(string script)
    {
        var path = Path.Combine(Workspace, "tool.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
