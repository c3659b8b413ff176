using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>Writes request frames.</summary>
internal static class RequestWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A frame around <paramref name="paramsJson"/>, which is JSON already; empty params are left out.</summary>
    /// <exception cref="JsonException"><paramref name="paramsJson"/> is not JSON.</exception>
    public static byte[] Write(string id, string method, ReadOnlySpan<byte> paramsJson)
    {
        var buffer = new ArrayBufferWriter<byte>(paramsJson.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Begin(writer, id, method);
            if (!paramsJson.IsEmpty)
            {
                writer.WritePropertyName("params"u8);
                writer.WriteRawValue(paramsJson);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The <c>connect</c> request. Written by hand rather than from the contract's type: every command's start waits for it.</summary>
    public static byte[] WriteConnect(string id, GatewayConnectionOptions options, Credentials credentials)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Begin(writer, id, "connect");
            writer.WriteStartObject("params"u8);
            writer.WriteNumber("minProtocol"u8, options.MinProtocol);
            writer.WriteNumber("maxProtocol"u8, options.MaxProtocol);
            WriteClient(writer, options.Client);
            WriteStrings(writer, "caps", options.Capabilities);
            if (options.Commands is { } commands)
                WriteStrings(writer, "commands", commands);
            if (options.Permissions is { } permissions)
                WritePermissions(writer, permissions);
            WriteOptional(writer, "pathEnv", options.PathEnv);
            WriteAuth(writer, credentials);
            writer.WriteString("role"u8, options.Role);
            WriteStrings(writer, "scopes", options.Scopes);
            WriteDevice(writer, credentials);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Begin(Utf8JsonWriter writer, string id, string method)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "req"u8);
        writer.WriteString("id"u8, id);
        writer.WriteString("method"u8, method);
    }

    private static void WriteClient(Utf8JsonWriter writer, GatewayClientInfo client)
    {
        writer.WriteStartObject("client"u8);
        writer.WriteString("id"u8, client.Id);
        WriteOptional(writer, "displayName", client.DisplayName);
        writer.WriteString("version"u8, client.Version);
        writer.WriteString("platform"u8, client.Platform);
        WriteOptional(writer, "deviceFamily", client.DeviceFamily);
        WriteOptional(writer, "modelIdentifier", client.ModelIdentifier);
        writer.WriteString("mode"u8, client.Mode);
        WriteOptional(writer, "instanceId", client.InstanceId);
        writer.WriteEndObject();
    }

    private static void WriteAuth(Utf8JsonWriter writer, Credentials credentials)
    {
        if (credentials.Token is null && credentials.Password is null)
            return;
        writer.WriteStartObject("auth"u8);
        WriteOptional(writer, "token", credentials.Token);
        WriteOptional(writer, "password", credentials.Password);
        writer.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter writer, Credentials credentials)
    {
        if (credentials.Proof is not { } proof)
            return;
        writer.WriteStartObject("device"u8);
        writer.WriteString("id"u8, proof.DeviceId);
        writer.WriteString("publicKey"u8, proof.PublicKey);
        writer.WriteString("signature"u8, proof.Signature);
        writer.WriteNumber("signedAt"u8, proof.SignedAtMs);
        WriteOptional(writer, "nonce", proof.Nonce);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            writer.WriteString(name, value);
    }

    private static void WriteStrings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
            writer.WriteStringValue(values[i]);
        writer.WriteEndArray();
    }

    private static void WritePermissions(Utf8JsonWriter writer, IReadOnlyDictionary<string, bool> permissions)
    {
        writer.WriteStartObject("permissions"u8);
        foreach (var (name, granted) in permissions)
            writer.WriteBoolean(name, granted);
        writer.WriteEndObject();
    }
}
