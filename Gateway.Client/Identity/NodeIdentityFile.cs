using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Errors;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>What a node host remembers between its runs.</summary>
/// <param name="NodeId">Its own id, a UUID unless somebody chose one. Gateways know the node by its device; this is the instance id.</param>
/// <param name="DisplayName">Name for people.</param>
/// <param name="Host">Gateway it last connected to.</param>
/// <param name="Port">That gateway's port.</param>
/// <param name="Tls">Whether it speaks TLS there.</param>
/// <param name="TlsFingerprint">SHA-256 of the only certificate to accept.</param>
public sealed record NodeIdentity(string NodeId, string? DisplayName = null, string? Host = null, int? Port = null, bool Tls = false, string? TlsFingerprint = null);

/// <summary><c>node.json</c> in the state directory. What other versions keep in it stays.</summary>
/// <param name="stateDirectory">State directory.</param>
public sealed class NodeIdentityFile(string stateDirectory)
{
    private readonly StateFile _file = new(stateDirectory, "", "node.json");

    /// <summary>Where the file is.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>The identity of before, or a new one. Nothing is written. A file that is none counts as missing: it holds nothing that cannot be made again.</summary>
    /// <exception cref="GatewayStateException">The file exists and cannot be read.</exception>
    public NodeIdentity Load()
    {
        var root = Read();
        var gateway = root["gateway"] as JsonObject ?? [];
        return new NodeIdentity(
            Text(root["nodeId"]) ?? Guid.NewGuid().ToString(),
            Text(root["displayName"]),
            Text(gateway["host"]),
            gateway["port"] is JsonValue port && port.TryGetValue(out int number) && number is > 0 and <= ushort.MaxValue ? number : null,
            gateway["tls"] is JsonValue tls && tls.TryGetValue(out bool on) && on,
            Text(gateway["tlsFingerprint"]));
    }

    /// <summary>Writes it, mode 0600.</summary>
    /// <exception cref="GatewayStateException">The file cannot be written.</exception>
    public void Save(NodeIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var root = Read();
        root["version"] = 1;
        root["nodeId"] = identity.NodeId;
        Set(root, "displayName", identity.DisplayName);
        var gateway = root["gateway"] as JsonObject ?? [];
        if (gateway.Parent is null)
            root["gateway"] = gateway;
        Set(gateway, "host", identity.Host);
        Set(gateway, "port", identity.Port);
        gateway["tls"] = identity.Tls;
        Set(gateway, "tlsFingerprint", identity.TlsFingerprint);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            root.WriteTo(writer);
        text.WriteByte((byte)'\n');
        _file.Replace(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private JsonObject Read()
    {
        try
        {
            return _file.Read() is { } bytes && JsonNode.Parse(bytes) is JsonObject root && root["version"] is JsonValue version && version.TryGetValue(out int number) && number == 1
                ? root
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
            target.Remove(name);
        else
            target[name] = value;
    }
}
