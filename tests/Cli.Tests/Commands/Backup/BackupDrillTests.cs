using System.Text.Json;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Backup;

/// <summary>A backup is worth what can be started from it: it is taken of a gateway at work, and another is started on it.</summary>
public sealed class BackupDrillTests
{
    private const int Messages = 6;

    [Fact]
    public async Task Restore_OfAGatewayAtWork_IsAGatewayWithTheSameSessionsAndDevices()
    {
        using var home = new CliHome();
        using var empty = new CliHome();
        using var place = new TempDirectory();
        home.WriteConfig();
        JsonElement devices;
        List<string> answered = [];
        await using (var gateway = OpenClawProcess.Start(home, "gateway"))
        {
            await gateway.WaitForAsync("listening on ws://127.0.0.1:");
            answered.Add(await AskAsync(home, "before"));
            var load = Task.Run(async () =>
            {
                for (var i = 0; i < Messages; i++)
                    await AskAsync(home, $"meanwhile {i}");
            });
            var created = await home.RunAsync("backup", "create", "--output", place["b.tar.gz"], "--verify");
            Assert.Equal((0, ""), (created.ExitCode, created.Error));
            await load.WithTimeout();
            devices = await DevicesAsync(home);
            gateway.Signal(OpenClawProcess.SigTerm);
            await gateway.WaitForExitAsync();
        }

        var restored = await empty.RunAsync("backup", "restore", place["b.tar.gz"]);
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        await empty.RunAsync("config", "set", "gateway.port", $"{FreePort.Next()}");

        await using (var gateway = OpenClawProcess.Start(empty, "gateway"))
        {
            await gateway.WaitForAsync("listening on ws://127.0.0.1:");
            // The device of the commands came along, so nobody is asked to pair again.
            Assert.Equal(devices.ToString(), (await DevicesAsync(empty)).ToString());
            var transcript = Directory.EnumerateFiles(Path.Combine(empty.State, "agents", "main", "sessions"), "*.jsonl").Single();
            Assert.Contains("before", await File.ReadAllTextAsync(transcript), StringComparison.Ordinal);
            await AskAsync(empty, "afterwards");
            Assert.Contains("afterwards", await File.ReadAllTextAsync(transcript), StringComparison.Ordinal);
            var refused = await empty.RunAsync("backup", "restore", place["b.tar.gz"], "--force");
            Assert.Equal(1, refused.ExitCode);
            Assert.EndsWith(" Stop it first.\n", refused.Error, StringComparison.Ordinal);
        }
    }

    private static async Task<string> AskAsync(CliHome home, string text)
    {
        var result = await home.RunAsync("agent", "--message", text);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Out;
    }

    /// <summary>Ids and roles; times of last use go on.</summary>
    private static async Task<JsonElement> DevicesAsync(CliHome home)
    {
        using var document = JsonDocument.Parse((await home.RunAsync("devices", "list", "--json")).Out);
        return JsonSerializer.SerializeToElement(document.RootElement.GetProperty("paired").EnumerateArray().Select(device => device.GetProperty("deviceId").GetString()).Order());
    }
}
