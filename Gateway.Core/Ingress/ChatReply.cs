using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>What a repeat of <c>chat.send</c> is answered after its run has ended.</summary>
internal static class ChatReply
{
    /// <summary>Its run has answered, or it was handed to another run: its own id is over.</summary>
    public static MethodReply Taken(string runId) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new ChatSendResult { RunId = runId, Status = "ok" }, ProtocolJson.Context.ChatSendResult));

    public static MethodReply Of(string runId, RunResult result) =>
        result.Status is RunStatus.ModelError or RunStatus.Failed ? Failed(runId, result.Error ?? "The run failed.") : Taken(runId);

    public static MethodReply Failed(string runId, string error) => new(
        JsonSerializer.SerializeToUtf8Bytes(new ChatSendResult { RunId = runId, Status = "error", Summary = error }, ProtocolJson.Context.ChatSendResult), ErrorShape.Unavailable(error));
}
