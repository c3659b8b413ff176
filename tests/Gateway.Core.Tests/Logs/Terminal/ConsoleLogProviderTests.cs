using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Core.Logs.Terminal;
using OpenClaw.Gateway.Core.Tests.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Logs.Terminal;

public sealed class ConsoleLogProviderTests
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("", false, "2026-11-21T04:00:00.000Z [canvas] host mounted\n")]
    [InlineData("", true, "04:00:00 [canvas] host mounted\n")]
    [InlineData("logging: { consoleStyle: 'json' }", true, "{\"time\":\"2026-11-21T04:00:00.000Z\",\"level\":\"info\",\"subsystem\":\"gateway/canvas\",\"message\":\"canvas host mounted\"}\n")]
    [InlineData("logging: { consoleStyle: 'compact' }", true, "2026-11-21T04:00:00.000Z [canvas] host mounted\n")]
    [InlineData("logging: { consoleLevel: 'warn' }", true, "")]
    public async Task Log_Line_HasTheStyle(string logging, bool terminal, string expected)
    {
        await LogAsync($"{{ {logging} }}", terminal, new() { ["NO_COLOR"] = "1" }, logger => logger.LogInformation("canvas host mounted"));
        Assert.Equal(expected, _out.ToString());
    }

    [Fact]
    public async Task Log_Severity_ChoosesTheStreamAndColour()
    {
        await LogAsync("{}", terminal: true, [], logger =>
        {
            logger.LogInformation("canvas host mounted");
            logger.LogWarning("careful");
            logger.LogError("broken");
            logger.LogDebug("hidden");
        });
        Assert.Equal("\e[90m04:00:00\e[39m \e[35m[canvas]\e[39m \e[36mhost mounted\e[39m\n", _out.ToString());
        Assert.Equal(
            "\e[90m04:00:00\e[39m \e[35m[canvas]\e[39m \e[33mcareful\e[39m\n\e[90m04:00:00\e[39m \e[35m[canvas]\e[39m \e[31mbroken\e[39m\n", _error.ToString());
    }

    [Fact]
    public async Task Log_EscapeSequences_DoNotReachTheTerminal()
    {
        await LogAsync("{}", terminal: false, [], logger => logger.LogInformation("{Name}", "a\e[2Jb\rc\nd"));
        Assert.Equal("2026-11-21T04:00:00.000Z [canvas] a\\x1b[2Jb\\x0dc\nd\n", _out.ToString());
    }

    [Fact]
    public async Task Log_Verbose_ShowsDebugLines()
    {
        await LogAsync("{}", terminal: false, [], logger => logger.LogDebug("seen"), verbose: true);
        Assert.Contains("seen", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OnlySomeSubsystems_HidesOthers()
    {
        await LogAsync("{}", terminal: false, [], logger => logger.LogInformation("hidden"), only: ["agent"]);
        Assert.Empty(_out.ToString());
    }

    [Theory]
    [InlineData(null, null, null, true, true)]
    [InlineData(null, null, null, false, false)]
    [InlineData(null, null, "dumb", true, false)]
    [InlineData("1", null, null, true, false)]
    [InlineData("1", "1", null, false, true)]
    [InlineData(null, "0", null, true, false)]
    [InlineData(null, "3", null, false, true)]
    public void Wanted_Variables_DecideOverTheTerminal(string? noColor, string? forceColor, string? term, bool terminal, bool expected)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in new[] { ("NO_COLOR", noColor), ("FORCE_COLOR", forceColor), ("TERM", term) })
        {
            if (value is not null)
                variables[name] = value;
        }
        Assert.Equal(expected, ConsoleColors.Wanted(variables, terminal));
    }

    [Theory]
    [InlineData("gateway", "gateway")]
    [InlineData("gateway/ws", "ws")]
    [InlineData("gateway/channels/telegram/inbound", "telegram")]
    [InlineData("a/b/c", "b/c")]
    [InlineData("gateway/channels", "gateway/channels")]
    public void Display_Subsystem_IsShort(string subsystem, string display) => Assert.Equal(display, SubsystemName.Display(subsystem));

    [Theory]
    [InlineData("Canvas: up", "canvas", "up")]
    [InlineData("[canvas] up", "canvas", "up")]
    [InlineData("canvases up", "canvas", "canvases up")]
    [InlineData("canvas", "canvas", "canvas")]
    public void StripFrom_Message_LosesTheRepeatedName(string message, string display, string expected) =>
        Assert.Equal(expected, SubsystemName.StripFrom(message, display));

    /// <summary>As seen in a recording of the original.</summary>
    [Theory]
    [InlineData("canvas", ConsoleColors.Magenta)]
    [InlineData("heartbeat", ConsoleColors.Cyan)]
    [InlineData("gateway", ConsoleColors.Cyan)]
    [InlineData("browser/service", ConsoleColors.Magenta)]
    [InlineData("gmail-watcher", ConsoleColors.Blue)]
    public void For_Subsystem_IsTheColourPeopleKnow(string subsystem, int color) => Assert.Equal(color, ConsoleColors.For(subsystem));

    private async Task LogAsync(
        string config, bool terminal, Dictionary<string, string> variables, Action<ILogger> log, bool verbose = false, string[]? only = null)
    {
        using var home = new ConfigHome(config);
        var settings = new LogSettings((await home.LoadAsync()).Logging, verbose);
        var target = new ConsoleTarget(_out, _error, terminal) { OnlySubsystems = only ?? [] };
        using var provider = new ConsoleLogProvider(settings, target, variables, new ManualTimeProvider());
        log(provider.CreateLogger("gateway/canvas"));
    }
}
