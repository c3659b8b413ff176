using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Devices;

/// <summary>The device commands on a host whose gateway does not run.</summary>
public sealed class OfflineDevicesTests : IDisposable
{
    private const string Phone = "7aee2da676ffce2062d201fd3fe066c5c98e40d87278c6ac910a65ee65846226";
    private const string Request = "41fdbfcf-214f-429a-a596-1043e622564c";

    private readonly CliHome _home = new();

    public OfflineDevicesTests() => _home.WriteConfig();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task List_NothingThere_SaysSo()
    {
        var result = await _home.RunAsync("devices", "list");

        Assert.Equal((0, "No device pairing entries.\n"), (result.ExitCode, result.Out));
        Assert.Contains("working on its files in " + _home.State, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WaitingDevice_IsInTheFileWithAToken_AndNoLongerWaits()
    {
        WritePending();

        var listed = await _home.RunAsync("devices", "list");
        var approved = await _home.RunAsync("devices", "approve", Request);
        var json = await _home.RunAsync("devices", "list", "--json");

        Assert.Contains("Pending (1)\n", listed.Out, StringComparison.Ordinal);
        Assert.Equal((0, $"Approved {Phone}\n"), (approved.ExitCode, approved.Out));
        var list = JsonNode.Parse(json.Out)!;
        Assert.Empty(list["pending"]!.AsArray());
        Assert.Equal(["operator.read"], list["paired"]![0]!["tokens"]![0]!["scopes"]!.AsArray().Select(scope => (string)scope!));
        Assert.Matches("^[0-9a-f]{32}$", (string?)Paired()["tokens"]!["operator"]!["token"]);
        Assert.DoesNotContain((string)Paired()["tokens"]!["operator"]!["token"]!, json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reject_WaitingDevice_IsGone()
    {
        WritePending();

        var result = await _home.RunAsync("devices", "reject", Request);

        Assert.Equal((0, $"Rejected {Phone}\n"), (result.ExitCode, result.Out));
        Assert.Equal("Error: unknown requestId", LastLine((await _home.RunAsync("devices", "approve", Request)).Error));
    }

    [Fact]
    public async Task Rotate_PrintsTheNewToken_Revoke_EndsIt()
    {
        WritePending();
        await _home.RunAsync("devices", "approve", Request);

        var rotated = await _home.RunAsync("devices", "rotate", "--device", Phone, "--role", "operator");
        var wider = await _home.RunAsync("devices", "rotate", "--device", Phone, "--role", "operator", "--scope", "operator.read", "operator.admin");
        var token = (string?)Paired()["tokens"]!["operator"]!["token"];
        var revoked = await _home.RunAsync("devices", "revoke", "--device", Phone, "--role", "operator");
        var again = await _home.RunAsync("devices", "revoke", "--device", Phone, "--role", "node");

        Assert.Equal(token, (string?)JsonNode.Parse(rotated.Out)!["token"]);
        Assert.Equal("Error: device token rotation denied", LastLine(wider.Error));
        Assert.Equal(Phone, (string?)JsonNode.Parse(revoked.Out)!["deviceId"]);
        Assert.NotNull(Paired()["tokens"]!["operator"]!["revokedAtMs"]);
        Assert.Equal((1, "Error: unknown deviceId/role"), (again.ExitCode, LastLine(again.Error)));
        Assert.Contains("operator (revoked)", (await _home.RunAsync("devices", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryDecision_IsInTheGatewaysLog_WithoutASecret()
    {
        WritePending();
        await _home.RunAsync("devices", "approve", Request);
        await _home.RunAsync("devices", "rotate", "--device", Phone, "--role", "operator");
        var token = (string)Paired()["tokens"]!["operator"]!["token"]!;
        await _home.RunAsync("devices", "rotate", "--device", Phone, "--role", "operator", "--scope", "operator.admin");
        await _home.RunAsync("devices", "revoke", "--device", Phone, "--role", "operator");
        WritePending();
        await _home.RunAsync("devices", "reject", Request);

        var lines = (await File.ReadAllLinesAsync(_home.LogPath)).Select(line => (string)JsonNode.Parse(line)!["1"]!).ToArray();

        Assert.Collection(
            lines,
            line => Assert.StartsWith($"Pairing request {Request} approved: device {Phone}", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"Token of device {Phone} for role operator rotated", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"Change of the token of device {Phone} for role operator by host", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"Token of device {Phone} for role operator revoked by host", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"Pairing request {Request} rejected: device {Phone}", line, StringComparison.Ordinal));
        Assert.DoesNotContain(token, string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherGatewayNamedByUrl_IsNeverReplacedByTheFilesHere()
    {
        WritePending();

        var result = await _home.RunAsync("devices", "approve", Request, "--url", $"ws://127.0.0.1:{FreePort.Next()}", "--token", "x");

        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(Path.Combine(_home.State, "devices", "paired.json")));
    }

    [Theory]
    [InlineData("error: missing required argument 'requestId'", "approve")]
    [InlineData("error: missing required argument 'requestId'", "reject")]
    [InlineData("error: required option '--device <id>' not specified", "revoke", "--role", "operator")]
    [InlineData("error: required option '--role <role>' not specified", "rotate", "--device", "x")]
    public async Task MissingArguments_AreNamed(string expected, params string[] arguments)
    {
        var result = await _home.RunAsync(["devices", .. arguments]);

        Assert.Equal((1, expected), (result.ExitCode, result.Error.TrimEnd()));
    }

    private void WritePending()
    {
        var directory = Path.Combine(_home.State, "devices");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "pending.json"), $$"""
            {"{{Request}}":{"requestId":"{{Request}}","deviceId":"{{Phone}}","publicKey":"GsM_FJtMbS5rs2LR9KNQmwBZmcS9bcajbVqqG74CyEI","platform":"ios",
             "role":"operator","roles":["operator"],"scopes":["operator.read"],"silent":false,"isRepair":false,"ts":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}} } }
            """);
    }

    private JsonNode Paired() => JsonNode.Parse(File.ReadAllText(Path.Combine(_home.State, "devices", "paired.json")))![Phone]!;

    private static string LastLine(string text) => text.TrimEnd('\n').Split('\n')[^1];
}
