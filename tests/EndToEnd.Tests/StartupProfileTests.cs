using System.Globalization;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>What a gateway remembers of its start is a hint, whatever is in it.</summary>
public sealed class StartupProfileTests : IDisposable
{
    private readonly TempDirectory _home = new();

    private string Cache => _home[".openclaw/cache"];

    private string Profile => Path.Combine(Cache, "gateway.startup");

    [Fact]
    public async Task AStart_IsRemembered_AndTheNextStartsWithIt_WhateverBecameOfIt()
    {
        await using var program = new PublishedProgram("openclaw", _home.Path);
        await ConfigureAsync(IRunningGateway.Configuration("", ""));

        await StartAndStopAsync(program, untilRemembered: true);
        var remembered = await File.ReadAllBytesAsync(Profile);
        await StartAndStopAsync(program);
        foreach (var damaged in (byte[][])[remembered[..(remembered.Length / 2)], [], [.. remembered.Select(static (b, i) => i % 97 == 50 ? (byte)~b : b)], new byte[4096]])
        {
            await File.WriteAllBytesAsync(Profile, damaged);
            await StartAndStopAsync(program);
        }

        Assert.NotEmpty(remembered);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache));
    }

    [Fact]
    public async Task AStartThatIsRefused_ForgetsNothing()
    {
        await using var running = new PublishedProgram("openclaw", _home.Path);
        await using var second = new PublishedProgram("openclaw", _home.Path);
        await ConfigureAsync(IRunningGateway.Configuration("", ""));
        await running.StartAsync(["gateway", "--port", Port()], new Dictionary<string, string>(), "listening on ws");
        await TestTimeouts.Until(() => File.Exists(Profile), "the start is remembered");
        var remembered = await File.ReadAllBytesAsync(Profile);

        Assert.NotEqual(0, await second.RunAsync(["gateway", "--port", Port(), "--bind", "nonsense"], new Dictionary<string, string>()));

        Assert.Equal(remembered, await File.ReadAllBytesAsync(Profile));
        Assert.Equal([Profile], Directory.EnumerateFileSystemEntries(Cache));
    }

    [Fact]
    public async Task AFirstStartThatIsRefused_LeavesNothing()
    {
        await using var program = new PublishedProgram("openclaw", _home.Path);
        await ConfigureAsync("{ gateway: { mode: 'nonsense' } }");

        Assert.NotEqual(0, await program.RunAsync(["gateway", "--port", Port()], new Dictionary<string, string>()));

        Assert.False(Directory.Exists(Cache));
    }

    public void Dispose() => _home.Dispose();

    private async Task ConfigureAsync(string configuration)
    {
        Directory.CreateDirectory(_home[".openclaw"]);
        await File.WriteAllTextAsync(_home[".openclaw/openclaw.json"], configuration);
    }

    private async Task StartAndStopAsync(PublishedProgram program, bool untilRemembered = false)
    {
        await program.StartAsync(["gateway", "--port", Port()], new Dictionary<string, string>(), "listening on ws");
        if (untilRemembered)
            await TestTimeouts.Until(() => File.Exists(Profile), "the start is remembered");
        await program.SignalAsync("TERM");
        Assert.Equal(0, await program.EndedAsync());
    }

    private static string Port() => PublishedProgram.FreePort().ToString(CultureInfo.InvariantCulture);
}
