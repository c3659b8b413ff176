using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Clients;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Conformance.Tests.Processes;
using OpenClaw.Testing;

namespace OpenClaw.Conformance.Tests.State;

/// <summary>All the rest of a state directory, which goes from the original to us and back: who is paired, who may write, and what is to be done when.</summary>
public sealed class GivenBackTests
{
    private const string WrongToken = "not the token";

    [PeerFact]
    public async Task DevicesJobsAndSenders_AreTakenFromTheOriginal_AndGivenBack()
    {
        using var instance = new Instance();
        using var theirs = CommandLineClient.OfPeer();
        using var ours = CommandLineClient.OfPeer();
        string nightly, weekly;

        await using (var original = await GatewayProcess.StartPeerAsync(instance))
        {
            await theirs.CallAsync(original.Port, "health");
            nightly = await AddJobAsync(theirs, original, "nightly", "0 3 * * *");
            await ApproveAsync(PeerInstallation.Program, instance, original, "111", "ABCDEFGH");
        }

        await using (var gateway = await GatewayProcess.StartOursAsync(instance))
        {
            await AssertKnownAsync(theirs, gateway);
            Assert.Equal([$"{nightly} nightly 0 3 * * *"], await JobsAsync(theirs, gateway));
            await ours.CallAsync(gateway.Port, "health");
            weekly = await AddJobAsync(ours, gateway, "weekly", "0 4 * * 1");
            await ours.CallAsync(gateway.Port, "cron.run", $$"""{"id":"{{nightly}}","mode":"force"}""");
            await TestTimeouts.Until(async () => (await RunsAsync(ours, gateway, nightly)).Length == 1, "the run to be recorded");
            await ApproveAsync(GatewayProcess.Ours, instance, gateway, "222", "JKLMNPQR");
        }

        await using (var original = await GatewayProcess.StartPeerAsync(instance))
        {
            await AssertKnownAsync(theirs, original);
            await AssertKnownAsync(ours, original);
            Assert.Equal([$"{nightly} nightly 0 3 * * *", $"{weekly} weekly 0 4 * * 1"], await JobsAsync(ours, original));
            Assert.Equal(["finished ok"], await RunsAsync(ours, original, nightly));
            Assert.Equal(["111", "222"], SendersOf(instance));
        }
    }

    /// <summary>Its device's token opens the door: the secret that it has is wrong.</summary>
    private static async Task AssertKnownAsync(CommandLineClient client, GatewayProcess gateway)
    {
        var result = await client.RunAsAsync(WrongToken, gateway.Port, "gateway", "health");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static async Task<string> AddJobAsync(CommandLineClient client, GatewayProcess gateway, string name, string expression)
    {
        var job = await client.CallAsync(gateway.Port, "cron.add", new JsonObject
        {
            ["name"] = name,
            ["enabled"] = true,
            ["schedule"] = new JsonObject { ["kind"] = "cron", ["expr"] = expression, ["tz"] = "UTC" },
            ["sessionTarget"] = "main",
            ["wakeMode"] = "next-heartbeat",
            ["payload"] = new JsonObject { ["kind"] = "systemEvent", ["text"] = "it is time for " + name },
        }.ToJsonString());
        return (string)job["id"]!;
    }

    private static async Task<string[]> JobsAsync(CommandLineClient client, GatewayProcess gateway) =>
        [.. (await client.CallAsync(gateway.Port, "cron.list"))["jobs"]!.AsArray().Select(static job => $"{job!["id"]} {job["name"]} {job["schedule"]!["expr"]}").OrderBy(static job => job.Split(' ')[1], StringComparer.Ordinal)];

    private static async Task<string[]> RunsAsync(CommandLineClient client, GatewayProcess gateway, string job) =>
        [.. (await client.CallAsync(gateway.Port, "cron.runs", $$"""{"id":"{{job}}"}"""))["entries"]!.AsArray().Select(static run => $"{run!["action"]} {run["status"]}")];

    /// <summary>Lets a sender in who was given a code, with a program's own command on the files.</summary>
    private static async Task ApproveAsync(ProgramPath program, Instance instance, GatewayProcess gateway, string sender, string code)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var request = new JsonObject { ["id"] = sender, ["code"] = code, ["createdAt"] = now, ["lastSeenAt"] = now };
        await File.WriteAllTextAsync(Path.Combine(Credentials(instance), "telegram-pairing.json"), new JsonObject { ["version"] = 1, ["requests"] = new JsonArray(request) }.ToJsonString());
        var result = await ProgramRun.RunAsync(program, instance.Environment(gateway.Port), "pairing", "approve", "telegram", code);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static string[] SendersOf(Instance instance) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Credentials(instance), "telegram-allowFrom.json")))!["allowFrom"]!.AsArray().Select(static sender => (string)sender!)];

    private static string Credentials(Instance instance) => Directory.CreateDirectory(Path.Combine(instance.StateDirectory, "credentials")).FullName;
}
