using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>The devices that the recorded gateway knew when <c>remote-device-pairing-required</c> began, as its own answer tells.</summary>
internal static class RecordedDevices
{
    public static void Seed(string stateDirectory)
    {
        var list = Transcript.Load("remote-device-pairing-required").Lines[19].Frame!.Value.GetProperty("payload").GetProperty("paired");
        var file = new JsonObject();
        foreach (var row in JsonNode.Parse(list.GetRawText())!.AsArray())
        {
            var device = row!.DeepClone().AsObject();
            var tokens = new JsonObject();
            foreach (var token in device["tokens"]!.AsArray())
            {
                var stored = token!.DeepClone().AsObject();
                stored["token"] = Guid.NewGuid().ToString("N");
                tokens[(string)stored["role"]!] = stored;
            }
            device["tokens"] = tokens;
            file[(string)device["deviceId"]!] = device;
        }
        Directory.CreateDirectory(Path.Combine(stateDirectory, "devices"));
        File.WriteAllText(Path.Combine(stateDirectory, "devices", "paired.json"), file.ToJsonString());
    }
}
