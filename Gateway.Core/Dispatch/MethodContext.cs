using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>The call that a method serves.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="connectionId">Connection of the call.</param>
/// <param name="requestId">JSON text of the request's id.</param>
/// <param name="interim">Sends an answer before the final one.</param>
internal sealed class MethodContext(ConnectionIdentity caller, string connectionId, ReadOnlyMemory<byte> requestId, Action<ReadOnlyMemory<byte>> interim)
{
    public ConnectionIdentity Caller { get; } = caller;

    public string ConnectionId { get; } = connectionId;

    /// <summary>JSON text of the request's id.</summary>
    public ReadOnlyMemory<byte> RequestId { get; } = requestId;

    /// <summary>The caller, for the audit log.</summary>
    public AuditActor Actor => AuditActor.Of(Caller, ConnectionId);

    /// <summary>Done once the answer is in the connection's queue.</summary>
    public Action<GatewayConnection>? AfterReply { get; set; }

    /// <summary>The params as they came, for methods that tell an absent property from a null one.</summary>
    public JsonElement RawParams { get; set; }

    /// <summary>Sends a first answer under the request's id; the method's result follows as the second.</summary>
    public void SendInterim<T>(T payload, JsonTypeInfo<T> type) => interim(JsonSerializer.SerializeToUtf8Bytes(payload, type));
}
