using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Approvals;

/// <summary>Approvals of this machine, without a gateway.</summary>
public sealed class ApprovalsTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    private string FilePath => Path.Combine(_home.State, "exec-approvals.json");

    [Fact]
    public async Task Get_ShowsTheFile()
    {
        Directory.CreateDirectory(_home.State);
        await File.WriteAllTextAsync(FilePath, """{"version":1,"defaults":{"security":"allowlist","ask":"always"},"agents":{"main":{"allowlist":[{"pattern":"/usr/bin/rg"}]}}}""");

        var shown = await _home.RunAsync("approvals", "get");

        Assert.StartsWith("Showing local approvals.\n\nApprovals\n┌", shown.Out, StringComparison.Ordinal);
        Assert.Contains("security=allowlist, ask=always", shown.Out, StringComparison.Ordinal);
        Assert.Matches("│ local +│ main +│ /usr/bin/rg +│ unknown +│", shown.Out);
    }

    [Fact]
    public async Task Add_ThenRemove_LeavesNothingBehind()
    {
        var added = await _home.RunAsync("exec-approvals", "allowlist", "add", " ~/bin/** ", "--agent", "ops");
        Assert.StartsWith("Writing local approvals.\nTarget: local\n", added.Out, StringComparison.Ordinal);
        Assert.Equal("~/bin/**", (string?)Stored()["agents"]!["ops"]!["allowlist"]![0]!["pattern"]);
        Assert.Contains("Already allowlisted.", (await _home.RunAsync("approvals", "allowlist", "add", "~/bin/**", "--agent", "ops")).Out, StringComparison.Ordinal);
        Assert.Contains("Pattern not found.", (await _home.RunAsync("approvals", "allowlist", "remove", "~/bin/**")).Out, StringComparison.Ordinal);

        var removed = await _home.RunAsync("approvals", "allowlist", "remove", "~/bin/**", "--agent", "ops", "--json");

        Assert.Equal("{}", JsonNode.Parse(removed.Out)!["file"]!["agents"]!.ToJsonString());
        Assert.Null(Stored()["agents"]!["ops"]);
    }

    [Fact]
    public async Task Change_IsInTheGatewaysLog()
    {
        _home.WriteConfig();

        await _home.RunAsync("approvals", "allowlist", "add", "~/bin/**");

        Assert.Contains("Approvals " + FilePath + " written by host", await File.ReadAllTextAsync(_home.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_ReplacesIt_AndKeepsTheSecret()
    {
        await _home.RunAsync("approvals", "get");
        var secret = (string)Stored()["socket"]!["token"]!;
        var path = Path.Combine(_home.Path, "new.json");
        await File.WriteAllTextAsync(path, """{ "defaults": { "security": "deny" }, /* by hand */ }""");

        var result = await _home.RunAsync("approvals", "set", "--file", path);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(("deny", secret), ((string?)Stored()["defaults"]!["security"], (string?)Stored()["socket"]!["token"]));
        Assert.DoesNotContain(secret, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Provide --file or --stdin.")]
    [InlineData("Use either --file or --stdin (not both).", "--file", "x", "--stdin")]
    [InlineData("Failed to parse approvals JSON: ", "--stdin")]
    [InlineData("Failed to parse approvals JSON: ", "--file", "/no/such/file")]
    public async Task Set_WithoutContent_ChangesNothing(string error, params string[] more)
    {
        var result = await _home.RunAsync(["approvals", "set", .. more]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(FilePath));
    }

    private JsonNode Stored() => JsonNode.Parse(File.ReadAllText(FilePath))!;
}

/// <summary>Approvals of the gateway's machine.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class GatewayApprovalsTests(RunningGateway gateway)
{
    [Fact]
    public async Task Gateway_AddsAndRemoves()
    {
        var added = await gateway.Home.RunAsync("approvals", "allowlist", "add", "/opt/tool", "--gateway");
        Assert.StartsWith("Target: gateway\n", added.Out, StringComparison.Ordinal);

        var listed = JsonNode.Parse((await gateway.Home.RunAsync("approvals", "get", "--gateway", "--json")).Out)!;
        Assert.Equal("/opt/tool", (string?)listed["file"]!["agents"]!["*"]!["allowlist"]![0]!["pattern"]);

        Assert.Equal(0, (await gateway.Home.RunAsync("approvals", "allowlist", "remove", "/opt/tool", "--gateway")).ExitCode);
    }

    [Fact]
    public async Task Node_ThatNobodyKnows_IsNamed()
    {
        var result = await gateway.Home.RunAsync("approvals", "get", "--node", "nobody");

        Assert.Equal((1, "Error: unknown node: nobody\n"), (result.ExitCode, result.Error));
    }
}
