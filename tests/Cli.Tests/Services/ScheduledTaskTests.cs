using OpenClaw.Cli.Services;
using OpenClaw.Cli.Services.WindowsTask;
using OpenClaw.Cli.Startup;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Services;

public sealed class ScheduledTaskTests : IDisposable
{
    private readonly CliHome _home = new();
    private readonly ServiceTools _tools;
    private readonly int _port;

    public ScheduledTaskTests()
    {
        _tools = new ServiceTools(_home).WithScheduledTasks();
        _home.Variables.Remove("DOTNET_ROOT");
        _port = _home.WriteConfig();
    }

    private string Script => Path.Combine(_home.State, "gateway.cmd");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Install_FreshMachine_WritesTheScriptAndRunsTheTask()
    {
        _home.Variables["USERDOMAIN"] = "HOST";

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((0, $"\nInstalled Scheduled Task: OpenClaw Gateway\nTask script: {Script}\n"), (result.ExitCode, result.Out));
        Assert.Equal([$"schtasks /Create /F /SC ONLOGON /RL LIMITED /TN OpenClaw Gateway /TR \"{Script}\" /RU HOST\\tester /NP /IT", "schtasks /Run /TN OpenClaw Gateway"], _tools.Changes);
        Assert.Equal($"""
            @echo off
            chcp 65001 >nul
            rem OpenClaw Gateway (v{ProductVersion.Number})
            set "PATH={_home.Variables["PATH"]}"
            set "OPENCLAW_HOME={_home.Path}"
            set "OPENCLAW_GATEWAY_PORT={_port}"
            set "OPENCLAW_SERVICE_MARKER=openclaw"
            set "OPENCLAW_SERVICE_KIND=gateway"
            set "OPENCLAW_SERVICE_VERSION={ProductVersion.Number}"
            {_home.Host.ProgramPath} gateway --port {_port}

            """.ReplaceLineEndings("\r\n"), await File.ReadAllTextAsync(Script));
    }

    [Fact]
    public async Task Install_UserThatTheMachineDoesNotKnow_TakesTheOneWhoAsks()
    {
        _tools.Refuse("user", "");

        Assert.Equal(0, (await _home.RunAsync("gateway", "install")).ExitCode);
        Assert.Equal(2, _tools.Changes.Count(static call => call.Contains("/Create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Install_Denied_SaysAdministrator()
    {
        _tools.Refuse("create", "");

        var result = await _home.RunAsync("gateway", "install");

        Assert.Equal((int)ServiceFailureKind.NotPermitted, result.ExitCode);
        Assert.Contains("Gateway install failed: schtasks create failed: ERROR: Access is denied.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("administrator", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_OfAProfile_AreForItsTask()
    {
        await _home.RunAsync("--profile", "work", "gateway", "install");
        var before = _tools.Changes.Count;

        var restarted = await _home.RunAsync("--profile", "work", "gateway", "restart");
        var stopped = await _home.RunAsync("--profile", "work", "gateway", "stop");
        var status = await _home.RunAsync("--profile", "work", "gateway", "status", "--no-probe");
        var removed = await _home.RunAsync("--profile", "work", "gateway", "uninstall");

        Assert.Equal("Restarted Scheduled Task: OpenClaw Gateway (work)\n", restarted.Out);
        Assert.Equal("Stopped Scheduled Task: OpenClaw Gateway (work)\n", stopped.Out);
        Assert.Contains("Runtime: running (state Running, last run 0, last run time 11/21/2026 4:00:00)", status.Out, StringComparison.Ordinal);
        Assert.Equal($"Removed Scheduled Task: OpenClaw Gateway (work)\nRemoved task script: {_home.Path}/.openclaw-work/gateway.cmd\n", removed.Out);
        Assert.Equal(["/End", "/Run", "/End", "/End", "/Delete"], _tools.Changes.Skip(before).Select(static call => call.Split(' ')[1]));
    }

    [Fact]
    public void Script_WhatWasWritten_IsReadAgain()
    {
        using var directory = new TempDirectory();
        var definition = new ServiceDefinition
        {
            Description = "x",
            Arguments = [@"C:\Program Files\OpenClaw\50%\openclaw.exe", "gateway", "--port", "19001"],
            Environment = [new("A", @"C:\a b\100%"), new("B", "x&y")],
            LogDirectory = "",
        };
        File.WriteAllText(directory["g.cmd"], TaskScript.Write(definition));

        var read = TaskScript.Read(directory["g.cmd"])!;

        Assert.Equal(definition.Arguments, read.Arguments);
        Assert.Equal(definition.Environment, read.Environment.ToList());
        Assert.Contains("set \"A=C:\\a b\\100%%\"\r\n", read.Text, StringComparison.Ordinal);
        Assert.NotNull(TaskScript.Problem(definition with { Environment = [new("A", "two\nlines")] }));
    }
}
