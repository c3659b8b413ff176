using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ExecGuardTests
{
    private const string AllowTouch = """{"version":1,"agents":{"main":{"allowlist":[{"id":"1","pattern":"/**/touch"}]}}}""";

    [Fact]
    public async Task Exec_DefaultsAndNobodyToAsk_DoesNotRunAndSaysHowToAllow()
    {
        await using var exec = new ExecHarness();

        var result = await exec.ExecAsync("touch ran");

        Assert.True(result.IsError);
        Assert.Contains("openclaw config set tools.exec.security full", ExecHarness.ErrorOf(result), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(exec.Workspace, "ran")));
    }

    [Fact]
    public async Task Exec_PersonAllows_RunsExactlyThat()
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowOnce);

        var result = await exec.ExecAsync("echo \"$((20+22))\" > out; cat out");

        Assert.Equal("42", ExecHarness.TextOf(result));
        var request = Assert.Single(exec.Approver.Requests);
        Assert.Equal(("echo \"$((20+22))\" > out; cat out", exec.Workspace, "gateway", null), (request.Command, request.Cwd, request.Host, request.ResolvedPath));
        Assert.Equal(TimeSpan.FromSeconds(120), request.ExpiresAt - request.CreatedAt);
        Assert.Equal("approval-pending", (string?)exec.Updates[0].Details!["status"]);
    }

    [Theory]
    [InlineData(nameof(ExecDecision.Deny), "denied by the user")]
    [InlineData(nameof(ExecDecision.TimedOut), "Nobody approved")]
    public async Task Exec_NoApproval_DoesNotRun(string decision, string text)
    {
        await using var exec = new ExecHarness(_ => Enum.Parse<ExecDecision>(decision));

        var result = await exec.ExecAsync("touch ran");

        Assert.Contains(text, ExecHarness.ErrorOf(result), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(exec.Workspace, "ran")));
    }

    [Fact]
    public async Task Exec_ProgramExchangedWhileAsked_DoesNotRun()
    {
        ExecHarness? harness = null;
        await using var exec = harness = new ExecHarness(_ =>
        {
            WriteScript(Path.Combine(harness!.Workspace, "tool.sh"), "touch evil");
            return ExecDecision.AllowOnce;
        });
        WriteScript(Path.Combine(exec.Workspace, "tool.sh"), "true");

        var result = await exec.ExecAsync("./tool.sh");

        Assert.Contains("changed between approval and start", ExecHarness.ErrorOf(result), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(exec.Workspace, "evil")));
    }

    [Fact]
    public async Task Exec_OnAllowlist_RunsUnasked()
    {
        await using var exec = new ExecHarness();
        exec.WriteApprovals(AllowTouch);

        var result = await exec.ExecAsync("touch a && touch 'b c'");

        Assert.False(result.IsError, ExecHarness.TextOf(result));
        Assert.True(File.Exists(Path.Combine(exec.Workspace, "b c")));
        Assert.Empty(exec.Approver.Requests);
    }

    [Theory]
    [InlineData("LANG", 0)]
    [InlineData("TOUCH_STYLE", 1)]
    public async Task Exec_OnAllowlist_WithAVariable_IsAskedUnlessItIsForLooks(string name, int questions)
    {
        await using var exec = new ExecHarness();
        exec.WriteApprovals(AllowTouch);

        await exec.ExecAsync(new JsonObject { ["command"] = "touch a", ["env"] = new JsonObject { [name] = "C" } });

        Assert.Equal(questions, exec.Approver.Requests.Count);
    }

    [Theory]
    [InlineData("touch a; rm -rf b")]
    [InlineData("touch $(id)")]
    [InlineData("touch a > b")]
    [InlineData("touch a\nid")]
    [InlineData("TOUCH=1 touch a")]
    public async Task Exec_MoreThanTheAllowlist_IsAsked(string command)
    {
        await using var exec = new ExecHarness();
        exec.WriteApprovals(AllowTouch);

        await exec.ExecAsync(command);

        Assert.Single(exec.Approver.Requests);
    }

    [Fact]
    public async Task Exec_AllowAlways_IsRememberedInTheFile()
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowAlways);
        exec.WriteApprovals("""{"version":1,"socket":{"path":"/run/x","token":"t"},"agents":{}}""");

        await exec.ExecAsync("touch a");
        await exec.ExecAsync("touch b");

        Assert.Single(exec.Approver.Requests);
        var stored = JsonNode.Parse(File.ReadAllText(exec.ApprovalsPath))!;
        Assert.EndsWith("/touch", (string?)stored["agents"]!["main"]!["allowlist"]![0]!["pattern"], StringComparison.Ordinal);
        Assert.Equal("t", (string?)stored["socket"]!["token"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(exec.ApprovalsPath));
    }

    [Fact]
    public async Task Exec_SafeBinAsFilter_RunsUnasked()
    {
        await using var exec = new ExecHarness();
        exec.WriteApprovals("""{"agents":{"main":{"allowlist":[{"pattern":"/**/echo"}]}}}""");

        Assert.Equal("1", ExecHarness.TextOf(await exec.ExecAsync("echo hi | wc -l")));
    }

    [Theory]
    [InlineData("""{"security":"deny"}""", "switched off by policy")]
    [InlineData("""{"ask":"off"}""", "asking is switched off")]
    public async Task Exec_RefusedByConfiguration_NeverAsks(string config, string text)
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowOnce, config);

        var result = await exec.ExecAsync("touch ran");

        Assert.Contains(text, ExecHarness.ErrorOf(result), StringComparison.Ordinal);
        Assert.Empty(exec.Approver.Requests);
    }

    [Fact]
    public async Task Exec_FullSecurity_RunsAnything()
    {
        await using var exec = new ExecHarness(null, """{"security":"full"}""");

        Assert.Equal("6", ExecHarness.TextOf(await exec.ExecAsync("x=2; echo $((x*3))")));
    }

    [Fact]
    public async Task Exec_FileIsStricterThanConfiguration_FileHolds()
    {
        await using var exec = new ExecHarness(null, """{"security":"full","ask":"off"}""");
        exec.WriteApprovals("""{"defaults":{"security":"deny"}}""");

        Assert.Contains("switched off by policy", ExecHarness.ErrorOf(await exec.ExecAsync("true")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_FileIsUnreadable_AlwaysAsks()
    {
        await using var exec = new ExecHarness(null, """{"security":"full","ask":"off"}""");
        exec.WriteApprovals("{broken");

        var result = await exec.ExecAsync("true");

        Assert.True(result.IsError);
        Assert.Single(exec.Approver.Requests);
    }

    [Fact]
    public async Task Exec_FallbackAllowlist_RunsListedWhenNobodyAnswers()
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.TimedOut, """{"ask":"always"}""");
        exec.WriteApprovals("""{"defaults":{"askFallback":"allowlist"},"agents":{"*":{"allowlist":[{"pattern":"/**/touch"}]}}}""");

        Assert.False((await exec.ExecAsync("touch a")).IsError);
        Assert.True((await exec.ExecAsync("mkdir b")).IsError);
    }

    [Fact]
    public async Task Exec_CallAsksForMorePower_StaysAsConfigured()
    {
        await using var exec = new ExecHarness();

        var result = await exec.ExecAsync(new JsonObject { ["command"] = "touch ran", ["security"] = "full", ["ask"] = "off" });

        Assert.True(result.IsError);
        Assert.Single(exec.Approver.Requests);
    }

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("PATH")]
    [InlineData("dyld_insert_libraries")]
    [InlineData("BASH_ENV")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("GIT_CONFIG_COUNT")]
    [InlineData("TAR_OPTIONS")]
    [InlineData("HOME")]
    public async Task Exec_DangerousVariable_IsRefused(string name)
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowOnce);

        var result = await exec.ExecAsync(new JsonObject { ["command"] = "true", ["env"] = new JsonObject { [name] = "x" } });

        Assert.Contains(name, ExecHarness.ErrorOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_GatewaySecrets_AreNotInTheEnvironment()
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowOnce);
        exec.Configuration.Variables["OPENAI_API_KEY"] = "sk-secret";
        exec.Configuration.Variables["OPENCLAW_GATEWAY_TOKEN"] = "gw-secret";
        exec.Configuration.Variables["HARMLESS"] = "yes";

        var result = await exec.ExecAsync(new JsonObject { ["command"] = "env", ["env"] = new JsonObject { ["MINE"] = "1" } });

        Assert.DoesNotContain("secret", ExecHarness.TextOf(result), StringComparison.Ordinal);
        Assert.Contains("HARMLESS=yes", ExecHarness.TextOf(result), StringComparison.Ordinal);
        Assert.Contains("MINE=1", ExecHarness.TextOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sandbox", "exec host not allowed (requested sandbox; configure tools.exec.host=sandbox to allow).")]
    [InlineData("node", "exec host not allowed (requested node; configure tools.exec.host=node to allow).")]
    public async Task Exec_OtherHost_IsRefused(string host, string error)
    {
        await using var exec = new ExecHarness(static _ => ExecDecision.AllowOnce);

        Assert.Equal(error, ExecHarness.ErrorOf(await exec.ExecAsync(new JsonObject { ["command"] = "true", ["host"] = host })));
    }

    private static void WriteScript(string path, string body)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
