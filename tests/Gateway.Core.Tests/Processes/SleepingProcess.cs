using System.Diagnostics;

namespace OpenClaw.Gateway.Core.Tests.Processes;

/// <summary>A process of the test's own that does nothing, optionally deaf to SIGTERM.</summary>
internal sealed class SleepingProcess : IDisposable
{
    private readonly Process _process;

    public SleepingProcess(bool ignoreTerm = false)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add((ignoreTerm ? "trap '' TERM; " : "") + "echo ready; while :; do sleep 60 & wait $!; done");
        _process = Process.Start(start)!;
        Assert.Equal("ready", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
