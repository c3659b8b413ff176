using System.Text.Json;
using OpenClaw.Cli.Tests.Commands.Doctor;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Status;

public sealed class StatusAllTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task All_SecretsEverywhere_NoneIsInTheReport(int seed)
    {
        using var home = new CliHome();
        var secrets = new Secrets(seed);
        home.Variables["OPENCLAW_GATEWAY_PASSWORD"] = secrets.Next();
        home.Variables["OPENAI_API_KEY"] = secrets.Next();
        home.Variables["ConnectionStrings__redis"] = $"127.0.0.1:1,connectTimeout=50,password={secrets.Next()}";
        home.WriteRawConfig($$"""
            {
              gateway: { mode: "local", port: {{FreePort.Next()}}, auth: { token: {{secrets.NextJson()}}, password: {{secrets.NextJson()}} }, remote: { token: {{secrets.NextJson()}} } },
              hooks: { enabled: true, token: {{secrets.NextJson()}}, path: "/" },
              channels: { telegram: { botToken: {{secrets.NextJson()}}, dmPolicy: "open", allowFrom: ["*"], accounts: { a: { botToken: {{secrets.NextJson()}} } } } },
              env: { vars: { SOME_NAME: {{secrets.NextJson()}} } },
              models: { providers: { mine: { baseUrl: "http://127.0.0.1:1/v1", apiKey: {{secrets.NextJson()}}, headers: { "X-Any": {{secrets.NextJson()}} }, models: [] } } },
              logging: { file: {{JsonSerializer.Serialize(home.LogPath)}} },
            }
            """);
        var keys = Path.Combine(home.State, "agents", "main", "agent", "auth-profiles.json");
        Directory.CreateDirectory(Path.GetDirectoryName(keys)!);
        await File.WriteAllTextAsync(keys, $$$"""{"profiles":{"anthropic:x":{"type":"api_key","provider":"anthropic","key":{{{secrets.NextJson()}}},"expires":1 } } }""");
        await File.WriteAllLinesAsync(home.LogPath, secrets.All.Select(secret =>
            JsonSerializer.Serialize(new Dictionary<string, object> { ["0"] = "{\"subsystem\":\"gateway\"}", ["1"] = $"it said {secret} and {Uri.EscapeDataString(secret)}", ["_meta"] = new { logLevelName = "ERROR", date = "2026-11-21T10:00:00.000Z" } })));

        var result = await home.RunAsync("status", "--all");

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.Out.Contains("it said *** and ***", StringComparison.Ordinal), result.Error + result.Out);
        // A table breaks long texts; a secret must not hide in the break either.
        var joined = string.Concat(result.Out.Split('\n').Select(line => line.Trim(' ', '│')));
        Assert.All(secrets.All, secret =>
        {
            Assert.DoesNotContain(secret, result.Out + result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, joined, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task All_NoGateway_IsStillAReport()
    {
        using var home = await DoctorHome.HealthyAsync();

        var result = await home.RunAsync("status", "--all");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("unreachable", result.Out, StringComparison.Ordinal);
        Assert.Contains("\n✓ Configuration\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("· No gateway runs [gateway.not_running]\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_BrokenConfiguration_IsStillAReport()
    {
        using var home = new CliHome();
        home.WriteRawConfig("{ nope");

        var result = await home.RunAsync("status", "--all");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("✗ The configuration cannot be read [config.syntax]\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_HasTheSecurityAudit()
    {
        using var home = new CliHome();
        home.WriteConfig(token: "short");

        using var status = JsonDocument.Parse((await home.RunAsync("status", "--json")).Out);

        var audit = status.RootElement.GetProperty("securityAudit");
        Assert.Contains("gateway.token_too_short", audit.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("checkId").GetString()));
    }

    /// <summary>Texts of every kind of character, the same for a seed.</summary>
    private sealed class Secrets(int seed)
    {
        private const string Characters = "abcXYZ019+/=-_.~ &%#\"'\\<>äß€";

        private readonly Random _random = new(seed);
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public string Next()
        {
            // The first and last are no blanks, which are cut off some.
            var secret = "s" + string.Concat(Enumerable.Range(0, _random.Next(6, 60)).Select(_ => Characters[_random.Next(Characters.Length)])) + "e";
            _all.Add(secret);
            return secret;
        }

        public string NextJson() => JsonSerializer.Serialize(Next());
    }
}
