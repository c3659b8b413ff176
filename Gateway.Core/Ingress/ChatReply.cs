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
    /// <summary>For a message that another run answers: its own id is over.</summary>
    public static MethodReply Taken(string runId) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new ChatSendResult { RunId = runId, Status = "ok" }, ProtocolJson.Context.ChatSendResult));

    public static MethodReply Of(string runId, RunResult result)
    {
        var failed = result.Status is RunStatus.ModelError or RunStatus.Failed;
        var payload = new ChatSendResult { RunId = runId, Status = failed ? "error" : "ok", Summary = failed ? result.Error : null };
        return new MethodReply(
            JsonSerializer.SerializeToUtf8Bytes(payload, ProtocolJson.Context.ChatSendResult), failed ? ErrorShape.Unavailable(result.Error ?? "The run failed.") : null);
    }
}
