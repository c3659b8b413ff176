using System.Diagnostics;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ExecApprovalsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => _directory["exec-approvals.json"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("""{"defaults":{"security":"full"},"defaults":{"security":"full"}}""")]
    [InlineData("""{"defaults":{"security":"deny","security":"full"}}""")]
    [InlineData("""{"agents":{"main":{"security":"typo"}}}""")]
    [InlineData("""{"agents":{"main":{"ask":"sometimes"}}}""")]
    [InlineData("""{"agents":{"main":{"security":true}}}""")]
    [InlineData("""{"defaults":{"askFallback":"ful"}}""")]
    public void Load_WhatHasNoMeaning_IsUnreadable(string json)
    {
        System.IO.File.WriteAllText(File, json);

        Assert.True(ExecApprovals.Load(File, "main").Unreadable);
    }

    [Theory]
    [InlineData("""{"defaults":{"security":"deny"},"agents":{"main":{"security":"typo"}}}""")]
    [InlineData("""{"defaults":{"security":"deny"},"agents":{"*":{"ask":"typo"}}}""")]
    public void Load_AWordWithoutMeaning_DoesNotHideADeny(string json)
    {
        System.IO.File.WriteAllText(File, json);

        Assert.Equal(ExecSecurity.Deny, ExecApprovals.Load(File, "main").Security);
    }

    [Fact]
    public void Load_AWordWithoutMeaningForAnotherAgent_ChangesNothing()
    {
        System.IO.File.WriteAllText(File, """{"defaults":{"security":"full"},"agents":{"other":{"security":"typo"}}}""");

        var approvals = ExecApprovals.Load(File, "main");

        Assert.Equal((false, ExecSecurity.Full), (approvals.Unreadable, approvals.Security));
    }

    [Fact]
    public async Task Load_AnEndlessFile_IsUnreadable()
    {
        System.IO.File.CreateSymbolicLink(File, "/dev/zero");

        Assert.True((await Task.Run(() => ExecApprovals.Load(File, "main")).WithTimeout()).Unreadable);
        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task Load_APipeThatNobodyWrites_IsUnreadable()
    {
        using (var maker = Process.Start("mkfifo", [File]))
            await maker.WaitForExitAsync().WithTimeout();

        Assert.True((await Task.Run(() => ExecApprovals.Load(File, "main")).WithTimeout()).Unreadable);
        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task Load_AFileThatIsTooLarge_IsUnreadable()
    {
        System.IO.File.WriteAllText(File, "{}" + new string(' ', 4 * 1024 * 1024));

        Assert.True(ExecApprovals.Load(File, "main").Unreadable);
        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
    }

    [Fact]
    public async Task Load_ALinkToAFile_IsRead()
    {
        System.IO.File.WriteAllText(_directory["real.json"], """{"defaults":{"security":"full"}}""");
        System.IO.File.CreateSymbolicLink(File, _directory["real.json"]);

        Assert.Equal(ExecSecurity.Full, ExecApprovals.Load(File, "main").Security);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        using var file = new ExecApprovalsFile(File, TimeProvider.System);
        await Task.Run(() => file.ReadAsync(default)).WithTimeout();
    }
}
