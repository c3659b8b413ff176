using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Conformance.Tests.Gateways;

/// <summary>A home, a state directory and a configuration of its own, for a gateway or a command of either make.</summary>
internal sealed class Instance : IDisposable
{
    public const string Token = "conformance-token-0123456789";

    private readonly TempDirectory _home = new();

    /// <summary>An instance with a configuration; <paramref name="extra"/> is merged over it.</summary>
    public Instance(JsonObject? extra = null)
    {
        Directory.CreateDirectory(StateDirectory);
        var config = new JsonObject
        {
            ["gateway"] = new JsonObject { ["mode"] = "local", ["auth"] = new JsonObject { ["token"] = Token } },
            ["logging"] = new JsonObject { ["file"] = _home["log"] },
            ["agents"] = new JsonObject { ["defaults"] = new JsonObject { ["workspace"] = _home["workspace"], ["skipBootstrap"] = true } },
        };
        foreach (var (name, value) in extra ?? [])
            Merge(config, name, value);
        File.WriteAllText(Path.Combine(StateDirectory, "openclaw.json"), config.ToJsonString());
    }

    public string StateDirectory => _home["state"];

    /// <summary>The environment of a process that lives here and talks to <paramref name="port"/>.</summary>
    public Dictionary<string, string> Environment(int port, string token = Token) => new()
    {
        ["HOME"] = _home.Path,
        ["OPENCLAW_HOME"] = _home.Path,
        ["OPENCLAW_STATE_DIR"] = StateDirectory,
        ["OPENCLAW_GATEWAY_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["OPENCLAW_GATEWAY_TOKEN"] = token,
        ["OPENCLAW_NO_RESPAWN"] = "1",
        ["OPENCLAW_SKIP_CHANNELS"] = "1",
        ["OPENCLAW_SKIP_BROWSER_CONTROL_SERVER"] = "1",
        ["OPENCLAW_DISABLE_BONJOUR"] = "1",
        ["NO_COLOR"] = "1",
    };

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    public void Dispose() => _home.Dispose();

    private static void Merge(JsonObject target, string name, JsonNode? value)
    {
        if (target[name] is JsonObject known && value is JsonObject added)
        {
            foreach (var (inner, innerValue) in added)
                Merge(known, inner, innerValue);
            return;
        }
        target[name] = value?.DeepClone();
    }
}
