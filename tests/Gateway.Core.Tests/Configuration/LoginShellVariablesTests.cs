using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class LoginShellVariablesTests
{
    private const string Enabled = "{ env: { shellEnv: { enabled: true } }, gateway: { auth: { token: '${OPENCLAW_GATEWAY_TOKEN}' } } }";

    [Fact]
    public async Task Read_SwitchedOn_TakesExpectedNamesOnly()
    {
        using var home = new ConfigHome(Enabled);
        var result = await ReadAsync(home, "echo 'Welcome!'; printf 'OPENCLAW_GATEWAY_TOKEN=from=shell\\0OTHER=x\\0OPENAI_API_KEY=\\0'");
        Assert.Null(result.Warning);
        Assert.Equal("from=shell", Assert.Single(result.Variables).Value);

        var loader = new ConfigLoader(home.Environment.With(result.Variables));
        Assert.Equal("from=shell", (await loader.LoadAsync()).Gateway.Auth.Token);
    }

    [Theory]
    [InlineData("{}", null, null)]
    [InlineData(Enabled, "OPENAI_API_KEY", "set")]
    [InlineData(Enabled, "OPENCLAW_DEFER_SHELL_ENV_FALLBACK", "1")]
    public async Task Read_NotWanted_AsksNobody(string config, string? name, string? value)
    {
        using var home = new ConfigHome(config, name is null ? [] : new() { [name] = value! });
        var result = await ReadAsync(home, "touch \"$HOME/asked\"; printf 'OPENAI_API_KEY=x\\0'");
        Assert.Empty(result.Variables);
        Assert.False(File.Exists(home["asked"]));
    }

    [Fact]
    public async Task Read_ShellFails_WarnsAndGoesOn()
    {
        using var home = new ConfigHome("{}", new() { ["OPENCLAW_LOAD_SHELL_ENV"] = "yes" });
        var result = await ReadAsync(home, "exit 3");
        Assert.Empty(result.Variables);
        Assert.EndsWith("ended with exit code 3", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ShellHangs_IsEnded()
    {
        using var home = new ConfigHome(Enabled);
        var time = new ManualTimeProvider();
        var read = ReadAsync(home, "sleep 600", time);
        await TestTimeouts.Until(() => time.ArmedTimers > 0, "the shell's time-out");
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.EndsWith("did not answer within 15000 ms", (await read.WithTimeout()).Warning, StringComparison.Ordinal);
    }

    private static async Task<LoginShellResult> ReadAsync(ConfigHome home, string script, TimeProvider? time = null)
    {
        var shell = home["shell"];
        await File.WriteAllTextAsync(shell, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(shell, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var environment = home.Environment.With(new Dictionary<string, string> { ["SHELL"] = shell });
        return await new LoginShellVariables(time ?? TimeProvider.System).ReadAsync(environment, await home.LoadAsync());
    }
}
