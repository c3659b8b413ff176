using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Options;
using OpenClaw.Gateway.Core.HostCommands;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.HostCommands;

/// <summary>Ways round an allowlist that holds <c>true</c> alone, when nobody is to be asked.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class UnapprovedCommandTests : IDisposable
{
    private readonly TempDirectory _home = new();
    private readonly HostCommandPolicy _policy;

    public UnapprovedCommandTests()
    {
        _policy = new HostCommandPolicy(
            GatewayEnvironment.Create(new EnvironmentInputs
            {
                Variables = new Dictionary<string, string>
                {
                    ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                    ["CLAWDBOT_GATEWAY_TOKEN"] = "secret",
                    ["CLAWDBOT_GATEWAY_PASSWORD"] = "secret",
                },
                UserHomeDirectory = _home.Path,
                CurrentDirectory = _home.Path,
                TempDirectory = _home.Path,
                UserId = 1,
            }),
            new ManualTimeProvider(),
            NullLoggerFactory.Instance);
        Directory.CreateDirectory(_home[".openclaw"]);
        File.WriteAllText(_home[".openclaw", "exec-approvals.json"], """{"version":1,"defaults":{"security":"allowlist","ask":"off"},"agents":{"*":{"allowlist":[{"pattern":"/**/bin/true"}]}}}""");
    }

    public void Dispose()
    {
        _policy.Dispose();
        _home.Dispose();
    }

    [Theory]
    [InlineData("sh", "-c", "true")]
    [InlineData("bash", "-lc", "true")]
    [InlineData("cmd", "evil", "args", "true")]
    [InlineData("cmd.exe", "/c", "true")]
    public async Task Judge_AFileThatOnlyHasTheNameOfAShell_IsNotListed(string name, params string[] arguments)
    {
        var repository = _home["repository"];
        WriteScript(Path.Combine(repository, name));

        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = [Path.Combine(repository, name), .. arguments] })).Verdict);
        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = ["./" + name, .. arguments], Cwd = repository })).Verdict);
        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = ["/bin/../" + _home.Path + "/repository/" + name, .. arguments] })).Verdict);
    }

    [Fact]
    public async Task Judge_AFileThatOnlyHasTheNameOfAShell_IsNotShownAsItsLine()
    {
        WriteScript(_home["repository", "sh"]);

        var ruling = await JudgeAsync(new HostCommand { Arguments = ["./sh", "-c", "true"], RawLine = "true", Cwd = _home["repository"], Approved = true });

        Assert.Equal(HostCommandVerdict.LineDiffers, ruling.Verdict);
    }

    [Theory]
    [InlineData("sh", "-c")]
    [InlineData("/bin/sh", "-lc")]
    public async Task Judge_AListedLine_RunsInTheSystemsShell_WithoutItsProfile(string shell, string option)
    {
        var ruling = await JudgeAsync(new HostCommand { Arguments = [shell, option, "true"] });

        Assert.Equal(HostCommandVerdict.Run, ruling.Verdict);
        Assert.Matches("^(/usr)?/bin/sh$", ruling.Start!.Arguments[0]);
        Assert.Equal("-c", ruling.Start.Arguments[1]);
    }

    [Theory]
    [InlineData("GIT_CONFIG_COUNT", "1")]
    [InlineData("GIT_CONFIG_PARAMETERS", "'core.fsmonitor=evil'")]
    [InlineData("GIT_SSH", "evil")]
    [InlineData("TAR_OPTIONS", "--to-command=evil")]
    [InlineData("HOME", "/tmp")]
    [InlineData("ANYTHING", "1")]
    [InlineData("lang", "C")]
    [InlineData("TZ", ":/etc/passwd")]
    public async Task Judge_AVariableThatMayChangeWhatRuns_IsNotListed(string name, string value)
    {
        var variables = new Dictionary<string, string> { [name] = value };

        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = ["true"], Variables = variables })).Verdict);
        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = ["sh", "-c", "true"], Variables = variables })).Verdict);
    }

    [Theory]
    [InlineData("LANG", "de_DE.UTF-8")]
    [InlineData("LC_ALL", "C")]
    [InlineData("TZ", "Europe/Berlin")]
    [InlineData("NO_COLOR", "1")]
    public async Task Judge_AVariableForTheLooksOfTheOutput_IsSet(string name, string value)
    {
        var ruling = await JudgeAsync(new HostCommand { Arguments = ["true"], Variables = new Dictionary<string, string> { [name] = value } });

        Assert.Equal(value, ruling.Start!.Environment[name]);
    }

    [Theory]
    [InlineData("BASH_FUNC_true%%")]
    [InlineData("ZDOTDIR")]
    [InlineData("GIT_SSH")]
    [InlineData("TAR_OPTIONS")]
    [InlineData("PYTHONSTARTUP")]
    [InlineData("JAVA_TOOL_OPTIONS")]
    [InlineData("CORECLR_PROFILER")]
    [InlineData("LESSOPEN")]
    [InlineData("HOME")]
    [InlineData("XDG_CONFIG_HOME")]
    public async Task Judge_AVariableThatLoadsCode_IsLeftOutOfWhatIsApproved(string name)
    {
        var variables = new Dictionary<string, string> { [name] = "evil", ["GIT_AUTHOR_NAME"] = "Ann", ["PYTHONUNBUFFERED"] = "1" };

        var ruling = await JudgeAsync(new HostCommand { Arguments = ["true"], Approved = true, Variables = variables });

        Assert.NotEqual("evil", ruling.Start!.Environment.GetValueOrDefault(name));
        Assert.Equal(("Ann", "1"), (ruling.Start.Environment["GIT_AUTHOR_NAME"], ruling.Start.Environment["PYTHONUNBUFFERED"]));
    }

    [Fact]
    public async Task Judge_TheGatewaysSecretsUnderTheirOldNames_AreNotPassedOn()
    {
        var ruling = await JudgeAsync(new HostCommand { Arguments = ["true"] });

        Assert.DoesNotContain("secret", ruling.Start!.Environment.Values);
    }

    [Fact]
    public async Task Judge_ApprovedForGood_APathThatWouldBeAPattern_IsNotKept()
    {
        WriteScript(_home["tools", "*"]);
        WriteScript(_home["tools", "other"]);

        await JudgeAsync(new HostCommand { Arguments = [_home["tools", "*"]], Approved = true, ApprovedForGood = true });

        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = [_home["tools", "other"]] })).Verdict);
    }

    [Fact]
    public async Task Judge_ApprovedForGoodByOneAgent_IsNotKeptForAll()
    {
        WriteScript(_home["tools", "one"]);

        await JudgeAsync(new HostCommand { Arguments = [_home["tools", "one"]], AgentId = "*", Approved = true, ApprovedForGood = true });

        Assert.Equal(HostCommandVerdict.NotListed, (await JudgeAsync(new HostCommand { Arguments = [_home["tools", "one"]] })).Verdict);
    }

    private static void WriteScript(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<HostCommandRuling> JudgeAsync(HostCommand command) => _policy.JudgeAsync(command, new ConfigSection(new JsonObject()), default);
}
