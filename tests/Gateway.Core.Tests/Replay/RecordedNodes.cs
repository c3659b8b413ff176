using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>The nodes that the recorded gateway knew from the recordings before, as its answers tell.</summary>
internal static class RecordedNodes
{
    private static readonly (string Id, string? Name, string Platform) Dual = ("62fd88844cf6245c42781dfbbd1f20023199f7cc9e82303cd0c2af8219554bb6", "Dual", "macos 15");
    private static readonly (string Id, string? Name, string Platform) Fake = ("d045cae2c6407b66a1bdab4f6b4bf77493fcf0df77c796f3daede7f92680a442", "Fake Node", "linux");
    private static readonly (string Id, string? Name, string Platform) Twice = ("335975694ee5556f200302cdc12324805e11879a0dcbc91b54c60d269d06c7c5", null, "linux");

    public static void BeforePairing(string stateDirectory) => Devices(stateDirectory, Dual);

    public static void BeforeDuplicate(string stateDirectory) => Devices(stateDirectory, Dual, Fake);

    public static void BeforeNoDevice(string stateDirectory)
    {
        Devices(stateDirectory, Dual, Fake, Twice);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var pending = new JsonObject { ["requestId"] = "212d941d-49a7-4eb4-960d-28b83582247c", ["nodeId"] = "node-2", ["isRepair"] = false, ["ts"] = now };
        var paired = new JsonObject
        {
            ["nodeId"] = "node-1",
            ["token"] = "a533f82d19e04668b65fb319f918b451",
            ["displayName"] = "New Name",
            ["platform"] = "ios",
            ["version"] = "1",
            ["coreVersion"] = "2",
            ["uiVersion"] = "3",
            ["deviceFamily"] = "iPhone",
            ["modelIdentifier"] = "iPhone16,1",
            ["caps"] = new JsonArray("canvas"),
            ["commands"] = new JsonArray("canvas.snapshot"),
            ["remoteIp"] = "10.0.0.9",
            ["createdAtMs"] = now,
            ["approvedAtMs"] = now,
        };
        Write(stateDirectory, "nodes", "pending.json", new JsonObject { [(string)pending["requestId"]!] = pending });
        Write(stateDirectory, "nodes", "paired.json", new JsonObject { ["node-1"] = paired });
    }

    private static void Devices(string stateDirectory, params (string Id, string? Name, string Platform)[] nodes)
    {
        var file = new JsonObject();
        foreach (var (id, name, platform) in nodes)
        {
            var device = new JsonObject
            {
                ["deviceId"] = id,
                ["publicKey"] = "key of " + id,
                ["platform"] = platform,
                ["role"] = "node",
                ["roles"] = new JsonArray("node"),
                ["scopes"] = new JsonArray(),
                ["createdAtMs"] = 1,
                ["approvedAtMs"] = 1,
            };
            if (name is not null)
                device["displayName"] = name;
            file[id] = device;
        }
        Write(stateDirectory, "devices", "paired.json", file);
    }

    private static void Write(string stateDirectory, string directory, string name, JsonObject file)
    {
        Directory.CreateDirectory(Path.Combine(stateDirectory, directory));
        File.WriteAllText(Path.Combine(stateDirectory, directory, name), file.ToJsonString());
    }
}
