using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>The machine-readable part of handshake errors. Old clients ignore what they do not know.</summary>
internal static class HandshakeDetails
{
    public static JsonElement Code(string code) => Element(new JsonObject { ["code"] = code });

    /// <summary>The oldest version is named as the expected one: node hosts of protocol 4 fall back to it.</summary>
    public static JsonElement ProtocolMismatch(ConnectParams request) => Element(new JsonObject
    {
        ["expectedProtocol"] = ProtocolLimits.OldestVersion,
        ["code"] = "PROTOCOL_MISMATCH",
        ["clientMinProtocol"] = request.MinProtocol,
        ["clientMaxProtocol"] = request.MaxProtocol,
    });

    public static JsonElement Pairing(PairingRequest request) => Element(new JsonObject
    {
        ["requestId"] = request.RequestId,
        ["code"] = "PAIRING_REQUIRED",
        ["reason"] = request.IsRepair ? "scope-upgrade" : "not-paired",
    });

    private static JsonElement Element(JsonObject value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.Clone();
    }
}
