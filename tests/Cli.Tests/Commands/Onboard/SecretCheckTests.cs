using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Onboard;

/// <summary>Keys and tokens are tried at the address that the configuration names, over real HTTP.</summary>
public sealed class SecretCheckTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task AKeyThatTheProviderRefuses_EndsIt_AndNothingIsWritten()
    {
        await using var provider = new FakeApi(401);
        Configure(provider.Address);
        var before = await File.ReadAllTextAsync(_home.ConfigPath);

        var result = await _home.RunAsync("onboard", "--non-interactive", "--accept-risk", "--openai-api-key", "sk-wrong");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: openai refuses the key (HTTP 401). Nothing was changed;", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_home.ConfigPath));
        var asked = Assert.Single(provider.Requests);
        Assert.StartsWith("GET /v1/models HTTP/1.1", asked, StringComparison.Ordinal);
        Assert.Contains("authorization: Bearer sk-wrong", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sk-wrong", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_WithAKeyThatTheProviderRefuses_PutsNothingAside()
    {
        await using var provider = new FakeApi(401);
        Configure(provider.Address);
        var before = Directory.GetFileSystemEntries(_home.State).Order().ToArray();

        var result = await _home.RunAsync("onboard", "--non-interactive", "--accept-risk", "--reset", "--openai-api-key", "sk-wrong");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nothing was changed", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_home.State).Order());
    }

    [Fact]
    public async Task SkipHealth_TriesNothing()
    {
        await using var provider = new FakeApi(401);
        Configure(provider.Address);

        Assert.Equal(0, (await _home.RunAsync("onboard", "--non-interactive", "--accept-risk", "--openai-api-key", "sk-wrong", "--skip-health")).ExitCode);

        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData(401, "{}", "Telegram knows no bot with this token (HTTP 401)")]
    [InlineData(404, "{}", "Telegram knows no bot with this token (HTTP 404)")]
    public async Task ABotTokenThatTelegramRefuses_EndsIt(int status, string body, string text)
    {
        await using var telegram = new FakeApi(status, body);
        Configure(telegram.Address);

        var result = await _home.RunAsync("onboard", "--non-interactive", "--accept-risk", "--telegram-bot-token", "123:abc");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("GET /bot123:abc/getMe ", Assert.Single(telegram.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ByQuestions_ARefusedKeyIsAskedForAgain_AndABotIsNamed()
    {
        await using var provider = new FakeApi(403);
        await using var telegram = new FakeApi(200, """{"ok":true,"result":{"id":1,"is_bot":true,"username":"the_bot"}}""");
        Configure(provider.Address, telegram.Address);
        // Risk, quick, OpenAI with a wrong key that is not kept, later; Telegram with its token; no service.
        _home.Typed = ["y", "1", "2", "sk-wrong", "n", "16", "1", "123:abc", "n"];

        var result = await _home.RunAsync("onboard");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("openai refuses the key (HTTP 403). Keep the key all the same?", result.Out, StringComparison.Ordinal);
        Assert.Contains("Telegram knows the bot: @the_bot", result.Out, StringComparison.Ordinal);
        Assert.Equal("123:abc\n", (await _home.RunAsync("config", "get", "channels.telegram.botToken")).Out);
        Assert.False(File.Exists(Path.Combine(_home.State, "agents", "main", "agent", "auth-profiles.json")));
    }

    private void Configure(string address, string? telegram = null) => _home.WriteConfig(more: $$"""
          "models": { "providers": { "openai": { "baseUrl": "{{address}}/v1", "api": "openai-completions", "models": [] } } },
          "channels": { "telegram": { "apiRoot": "{{telegram ?? address}}" } }
        """);
}
