using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

/// <summary>A process that is killed while it pairs devices leaves files that parse and hold everything it said was done.</summary>
public sealed class DeviceKillTests : IDisposable
{
    private const int Kills = 12;

    private readonly TempDirectory _directory = new();
    private readonly Random _random = new(7);
    private readonly Dictionary<int, string> _tokens = [];
    private readonly HashSet<int> _revoked = [];
    private readonly Dictionary<int, string> _asked = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Kill_AtRandomPoints_LosesNoApprovalNoRevocationAndNoRequest()
    {
        var next = 1;
        for (var life = 0; life < Kills; life++)
        {
            await LiveAndDieAsync(next, lines: _random.Next(1, 40));
            AssertFiles();
            next = _asked.Keys.Max() + 2;
        }
        Assert.NotEmpty(_revoked);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.broken-*"));
    }

    private async Task LiveAndDieAsync(int first, int lines)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpenClaw.Gateway.Core.KillTarget.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "devices", _directory.Path, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        for (var i = 0; i < lines; i++)
        {
            if (await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeouts.Wait) is not { } line)
                Assert.Fail("The process ended by itself: " + await errors);
            else
                Note(line);
        }
        // It is in the middle of the next write now.
        process.Kill();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeouts.Wait) is { } line)
            Note(line);
        await process.WaitForExitAsync().WithTimeout();
    }

    private void Note(string line)
    {
        var parts = line.Split(' ');
        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        switch (parts[0])
        {
            case "r":
                _asked[number] = parts[2];
                break;
            case "a":
                _tokens[number] = parts[2];
                break;
            default:
                _revoked.Add(number);
                break;
        }
    }

    private void AssertFiles()
    {
        var paired = Read("paired.json");
        var pending = Read("pending.json");
        foreach (var (number, token) in _tokens)
        {
            var stored = paired[Device(number)]!["tokens"]!["operator"]!;
            Assert.Equal(token, (string?)stored["token"]);
            Assert.True(!_revoked.Contains(number) || stored["revokedAtMs"] is not null, $"{number} was revoked");
        }
        // Approved, or still waiting: a request is nowhere lost.
        foreach (var (number, request) in _asked)
            Assert.True(paired[Device(number)] is not null || pending[request] is not null, $"{number} is lost");
    }

    private JsonObject Read(string file) =>
        File.Exists(_directory[file]) ? JsonNode.Parse(File.ReadAllBytes(_directory[file]))!.AsObject() : [];

    private static string Device(int number) => string.Create(CultureInfo.InvariantCulture, $"device-{number}");
}
