using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands;

/// <summary>The pairing commands on files as the peer writes them, without a gateway.</summary>
public sealed class PairingTests : IDisposable
{
    private readonly CliHome _home = new();

    public PairingTests() => _home.WriteConfig();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task List_WithoutAChannel_Fails()
    {
        var result = await _home.RunAsync("pairing", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Channel required. Use --channel <channel> or pass it as the first argument", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bogus!")]
    [InlineData("../x")]
    public async Task List_OfWhatIsNoChannel_Fails(string channel)
    {
        var result = await _home.RunAsync("pairing", "list", channel);

        Assert.Equal((1, $"Error: Invalid channel: {channel}\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task List_NothingThere_SaysSo()
    {
        var text = await _home.RunAsync("pairing", "list", "telegram");
        var json = await _home.RunAsync("pairing", "list", "--channel", "telegram", "--json");

        Assert.Equal((0, "No pending telegram pairing requests.\n"), (text.ExitCode, text.Out));
        Assert.Equal("{\n  \"channel\": \"telegram\",\n  \"requests\": []\n}\n", json.Out);
    }

    [Fact]
    public async Task Approve_CodeInAnyCase_LetsTheSenderIn_AndTheRequestIsGone()
    {
        WritePending("ABCDEFGH");

        var listed = await _home.RunAsync("pairing", "list", "whatsapp");
        var json = await _home.RunAsync("pairing", "list", "whatsapp", "--json");
        var approved = await _home.RunAsync("pairing", "approve", "whatsapp", "abcdefgh");
        var again = await _home.RunAsync("pairing", "approve", "--channel", "whatsapp", "ABCDEFGH");

        Assert.Contains("Pairing requests (1)\n", listed.Out, StringComparison.Ordinal);
        Assert.Contains("whatsappSenderId", listed.Out, StringComparison.Ordinal);
        Assert.Equal("Bob", (string?)JsonNode.Parse(json.Out)!["requests"]![0]!["meta"]!["name"]);
        Assert.Equal((0, "Approved whatsapp sender +15557770000.\n"), (approved.ExitCode, approved.Out));
        Assert.Equal((1, "Error: No pending pairing request found for code: ABCDEFGH\n"), (again.ExitCode, again.Error));
        Assert.Equal("+15557770000", (string?)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_home.State, "credentials", "whatsapp-allowFrom.json")))!["allowFrom"]![0]);
    }

    [Fact]
    public async Task Approve_WithNotify_AndNoGateway_ApprovesAndSaysThatNobodyWasTold()
    {
        WritePending("ABCDEFGH");

        var approved = await _home.RunAsync("pairing", "approve", "whatsapp", "ABCDEFGH", "--notify");

        Assert.Equal((0, "Approved whatsapp sender +15557770000.\n"), (approved.ExitCode, approved.Out));
        Assert.Contains("The sender could not be told: ", approved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WhenTheListOfApprovedSendersIsBroken_LeavesItAlone()
    {
        WritePending("ABCDEFGH");
        var path = Path.Combine(_home.State, "credentials", "whatsapp-allowFrom.json");
        await File.WriteAllTextAsync(path, "{ \"allowFrom\": [ \"+1\", ");

        var result = await _home.RunAsync("pairing", "approve", "whatsapp", "ABCDEFGH");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("{ \"allowFrom\": [ \"+1\", ", await File.ReadAllTextAsync(path));
        Assert.Contains("ABCDEFGH", (await _home.RunAsync("pairing", "list", "whatsapp")).Out, StringComparison.Ordinal);
    }

    private void WritePending(string code)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var directory = Path.Combine(_home.State, "credentials");
        Directory.CreateDirectory(directory);
        File.WriteAllText(
            Path.Combine(directory, "whatsapp-pairing.json"),
            $$$"""{"version":1,"requests":[{"id":"+15557770000","code":"{{{code}}}","createdAt":"{{{now}}}","lastSeenAt":"{{{now}}}","meta":{"name":"Bob"}}]}""");
    }
}
