using System.Text.Json;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Sessions;

public sealed class SessionsTests
{
    [Fact]
    public async Task List_NoSessions_SaysSoInTheKnownWords()
    {
        using var home = new CliHome();
        home.WriteConfig();

        var result = await home.RunAsync("sessions");

        Assert.Equal(new CommandResult(0, $"Session store: {home.State}/agents/main/sessions/sessions.json\nSessions listed: 0\nNo sessions found.\n", ""), result);
    }

    [Fact]
    public async Task Json_HasTheKeysThatScriptsRead()
    {
        using var home = new CliHome();
        home.WriteConfig();
        Write(home, DateTimeOffset.UtcNow);

        using var document = JsonDocument.Parse((await home.RunAsync("sessions", "--json")).Out);

        Assert.Equal(["path", "count", "activeMinutes", "sessions"], document.RootElement.EnumerateObject().Select(member => member.Name));
        var session = document.RootElement.GetProperty("sessions")[0];
        Assert.Equal("agent:main:main", session.GetProperty("key").GetString());
        Assert.Equal("direct", session.GetProperty("kind").GetString());
        Assert.Equal(1200, session.GetProperty("totalTokens").GetInt64());
        Assert.Equal("gpt-x", session.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("60", 1)]
    [InlineData("10000", 2)]
    public async Task Active_LimitsToTheLastMinutes(string minutes, int expected)
    {
        using var home = new CliHome();
        home.WriteConfig();
        Write(home, DateTimeOffset.UtcNow);

        var result = await home.RunAsync("sessions", "--active", minutes);

        Assert.Contains($"Sessions listed: {expected}\nFiltered to last {minutes} minute(s)\n", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    public async Task Active_NoNumberOfMinutes_IsRefused(string minutes)
    {
        using var home = new CliHome();
        home.WriteConfig();

        Assert.Equal(new CommandResult(1, "", "--active must be a positive integer (minutes)\n"), await home.RunAsync("sessions", "--active=" + minutes));
    }

    [Fact]
    public async Task Store_AnotherFile_IsReadAndAMissingOneRefused()
    {
        using var home = new CliHome();
        home.WriteConfig();
        Write(home, DateTimeOffset.UtcNow);
        var copy = Path.Combine(home.Path, "copy.json");
        File.Copy(Path.Combine(home.State, "agents", "main", "sessions", "sessions.json"), copy);

        Assert.Contains($"Session store: {copy}\nSessions listed: 2\n", (await home.RunAsync("sessions", "--store", copy)).Out, StringComparison.Ordinal);
        Assert.Equal(new CommandResult(1, "", "Error: no such file: /nowhere/s.json\n"), await home.RunAsync("sessions", "--store", "/nowhere/s.json"));
    }

    [Fact]
    public async Task List_BrokenStore_WarnsAndChangesNothing()
    {
        using var home = new CliHome();
        home.WriteConfig();
        Write(home, DateTimeOffset.UtcNow);
        var store = Path.Combine(home.State, "agents", "main", "sessions", "sessions.json");
        await File.WriteAllTextAsync(store, "{ torn");

        var result = await home.RunAsync("sessions");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Warning: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("{ torn", await File.ReadAllTextAsync(store));
    }

    [Fact]
    public async Task Dashboard_NoOpen_PrintsTheAddressAlone()
    {
        using var home = new CliHome();
        var port = home.WriteConfig(token: "t/1 #");

        var result = await home.RunAsync("dashboard", "--no-open");

        Assert.Equal(new CommandResult(0, $"Dashboard URL: http://127.0.0.1:{port}/#token=t%2F1%20%23\n", ""), result);
    }

    [Fact]
    public async Task Dashboard_OfAGatewayElsewhere_IsNotGivenTheTokenOfThisMachine()
    {
        using var home = new CliHome();
        home.WriteRawConfig("""{ gateway: { mode: "remote", auth: { token: "own" }, remote: { url: "wss://gateway.invalid:1234", token: "theirs" } } }""");

        Assert.Equal(new CommandResult(0, "Dashboard URL: https://gateway.invalid:1234/#token=theirs\n", ""), await home.RunAsync("dashboard", "--no-open"));
    }

    [Fact]
    public async Task Dashboard_PageSwitchedOff_IsRefused()
    {
        using var home = new CliHome();
        home.WriteRawConfig("""{ gateway: { mode: "local", auth: { token: "t" }, controlUi: { enabled: false } } }""");

        Assert.Equal(new CommandResult(1, "", "Error: the page is switched off (gateway.controlUi.enabled is false).\n"), await home.RunAsync("dashboard", "--no-open"));
    }

    private static void Write(CliHome home, DateTimeOffset now)
    {
        var store = Path.Combine(home.State, "agents", "main", "sessions", "sessions.json");
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        File.WriteAllText(store, $$"""
            {
              "agent:main:main": { "sessionId": "s-1", "updatedAt": {{now.ToUnixTimeMilliseconds()}}, "totalTokens": 1200, "contextTokens": 200000, "model": "gpt-x" },
              "agent:main:old": { "sessionId": "s-2", "updatedAt": {{now.AddHours(-5).ToUnixTimeMilliseconds()}} }
            }
            """);
    }
}
